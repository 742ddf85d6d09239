// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.client.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Manifest and guide name exactly the scopes the program knows a reason for. */
final class GuideScopesTest {

  private static final Map<Scope.Need, String> WORDS =
      Map.of(
          Scope.Need.ALWAYS, "needed",
          Scope.Need.USUALLY, "asked for",
          Scope.Need.DECLINABLE, "may be declined");

  private final Manifest manifest = Manifest.shipped(Manifest.Mode.SOCKET);

  private static Set<String> words(Scope.Need... needs) {
    return Arrays.stream(Scope.values())
        .filter(scope -> Set.of(needs).contains(scope.need()))
        .map(Scope::word)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void manifest_asksForExactlyTheKnownScopes() {
    assertEquals(words(Scope.Need.values()), new TreeSet<>(manifest.scopes()));
    assertEquals(words(Scope.Need.DECLINABLE), new TreeSet<>(manifest.optionalScopes()));
  }

  @Test
  void guide_hasALineForEveryScopeWithItsReason() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "slack.md"));

    for (Scope scope : Scope.values()) {
      String line =
          "| `%s`, %s | %s | ".formatted(scope.word(), WORDS.get(scope.need()), scope.reason());
      assertTrue(guide.contains(line), "docs/slack.md misses a line that begins: " + line);
    }
    assertEquals(
        Scope.values().length,
        guide.lines().filter(line -> line.matches("\\| `[a-z.:_]+`, .*")).count());
  }
}
