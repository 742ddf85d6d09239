// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of metrics names those that the program has, and no others. */
class MetricsListTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern MADE =
      Pattern.compile("\\b(?:count|add|gauge)\\(\\s*\"(muster_[a-z_]+)\"");
  private static final Pattern LISTED = Pattern.compile("(?m)^\\| `(muster_[a-z_]+)` \\|");

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> sources(String module) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void metrics_thatAreMade_areListedAndNoOthers() {
    Set<String> made =
        Stream.of("bot-core", "slack-adapter", "teams-adapter", "web-adapter", "bot-app")
            .flatMap(MetricsListTest::sources)
            .flatMap(file -> names(MADE, read(file)).stream())
            .collect(Collectors.toCollection(TreeSet::new));

    List<String> listed = List.copyOf(names(LISTED, read(ROOT.resolve("docs/metrics.md"))));

    assertEquals(List.copyOf(made), listed);
  }
}
