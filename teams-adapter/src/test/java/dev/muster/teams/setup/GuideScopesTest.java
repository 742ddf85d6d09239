// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.teams.client.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide names exactly the permissions the program uses, each with who consents and why. */
final class GuideScopesTest {

  private static final Map<Scope.Need, String> NEEDS =
      Map.of(
          Scope.Need.ALWAYS, "needed",
          Scope.Need.USUALLY, "asked for",
          Scope.Need.DECLINABLE, "may be declined");

  private static final Map<Scope.Of, String> WHO =
      Map.of(
          Scope.Of.TEAM, "an owner of the team",
          Scope.Of.A_CHAT, "whoever adds the app to a chat",
          Scope.Of.TENANT, "an administrator",
          Scope.Of.PRIVATE_CHATS, "an administrator, for private incidents");

  private static final Pattern LINE =
      Pattern.compile("(?m)^\\| (`[A-Za-z.]+`, [a-z ]+ \\| [a-z, ]+) \\| [^|]{10,} \\| (.+) \\|$");

  /** Returns what the line of a permission says beside its reason. */
  private static String said(Scope scope) {
    String loss = scope.lost().replace("Without the permission " + scope.word() + " ", "");
    return "`%s`, %s | %s | %s"
        .formatted(
            scope.word(),
            NEEDS.get(scope.need()),
            WHO.get(scope.of()),
            loss.substring(0, loss.length() - 1));
  }

  @Test
  void guide_hasALineForEveryPermission_andNoOther() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "teams.md"));
    List<String> lines =
        LINE.matcher(guide)
            .results()
            .map(line -> line.group(1) + " | " + line.group(2))
            .sorted()
            .toList();

    assertEquals(Arrays.stream(Scope.values()).map(GuideScopesTest::said).sorted().toList(), lines);
    assertEquals(
        guide.lines().filter(line -> line.startsWith("| `")).count(), Scope.values().length);
  }
}
