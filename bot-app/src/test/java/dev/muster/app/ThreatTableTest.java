// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of threats has every number, and the tests it names exist. */
class ThreatTableTest {

  private static final Path ROOT = Path.of(System.getProperty("muster.root", ".."));
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (T[0-9]{2}) \\|.*$");
  private static final Pattern TEST = Pattern.compile("`([A-Za-z]+Test)`");
  private static final List<String> EXCUSES = List.of("does not apply:", "not shown:");

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/threats.md"));
  }

  private static Set<String> existing() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String sources :
        List.of(
            "bot-core/src/test/java",
            "slack-adapter/src/test/java",
            "teams-adapter/src/test/java",
            "web-adapter/src/test/java",
            "bot-app/src/test/java",
            "tools/shipped/src/proof/java")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(sources))) {
        files.forEach(file -> names.add(file.getFileName().toString().replace(".java", "")));
      }
    }
    return names;
  }

  private static Set<String> named(String text) {
    return TEST.matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyThreat_inOrder_isThere() throws IOException {
    List<String> wanted = IntStream.rangeClosed(1, 42).mapToObj("T%02d"::formatted).toList();

    assertEquals(wanted, ROW.matcher(page()).results().map(row -> row.group(1)).toList());
  }

  @Test
  void everyThreat_namesATestOrSaysWhyNot() throws IOException {
    List<String> silent =
        ROW.matcher(page())
            .results()
            .map(MatchResult::group)
            .filter(row -> named(row).isEmpty() && EXCUSES.stream().noneMatch(row::contains))
            .toList();

    assertEquals(List.of(), silent);
  }

  @Test
  void everyTest_thatIsNamed_exists() throws IOException {
    Set<String> missing = new TreeSet<>(named(page()));
    missing.removeAll(existing());

    assertEquals(Set.of(), missing);
  }
}
