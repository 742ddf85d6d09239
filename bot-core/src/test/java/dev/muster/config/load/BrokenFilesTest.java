// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.BotConfig;
import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each broken file begins with the lines that an operator is to see, as comments. */
class BrokenFilesTest {

  private static final String RIGHT = "outbound: { allow: [\"http://127.0.0.1:9099\"] }\n";

  @TempDir Path folder;

  static Stream<Path> brokenFiles() throws IOException, URISyntaxException {
    return files("/config/broken");
  }

  static Stream<Path> brokenRunbooks() throws IOException, URISyntaxException {
    return files("/config/broken-runbooks");
  }

  private static Stream<Path> files(String resource) throws IOException, URISyntaxException {
    Path kept = Path.of(BrokenFilesTest.class.getResource(resource).toURI());
    try (Stream<Path> all = Files.list(kept)) {
      return all.sorted().toList().stream();
    }
  }

  private static List<String> expected(String text) {
    return text.lines()
        .takeWhile(line -> line.startsWith("# "))
        .map(line -> line.substring(2))
        .toList();
  }

  /** A line that ends in dots is the beginning of one whose sentence belongs to another package. */
  private static void assertSaid(List<String> expected, List<String> actual) {
    List<String> cut = new ArrayList<>();
    for (int i = 0; i < actual.size(); i++) {
      String wanted = i < expected.size() ? expected.get(i) : "";
      String start = wanted.endsWith(" …") ? wanted.substring(0, wanted.length() - 1) : "\0";
      cut.add(actual.get(i).startsWith(start) ? wanted : actual.get(i));
    }
    assertEquals(expected, cut);
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void brokenFile_read_saysEverythingThatIsWrongAndWhere(Path kept) throws IOException {
    String text = Files.readString(kept);

    assertSaid(expected(text), new Configs(folder).lines(text));
  }

  @ParameterizedTest
  @MethodSource("brokenRunbooks")
  void brokenRunbook_read_saysEverythingThatIsWrongAndWhere(Path kept) throws IOException {
    Configs configs = new Configs(folder);
    String text = Files.readString(kept);
    configs.write("runbooks/fix.yaml", text);

    assertSaid(expected(text), configs.lines(RIGHT));
  }

  @Test
  void reload_ofEachBrokenFileInTurn_keepsTheOldConfiguration() throws Exception {
    Configs configs = new Configs(folder);
    LiveConfig live = new LiveConfig(configs.loaded(RIGHT), configs::read);
    BotConfig first = live.current();

    for (Path kept : brokenFiles().toList()) {
      configs.write("bot.yaml", Files.readAllBytes(kept));

      assertInstanceOf(ConfigResult.Refused.class, live.reload(), kept.toString());
      assertSame(first, live.current(), kept.toString());
    }
  }

  @Test
  void brokenFiles_kept_areAtLeastSixty() throws Exception {
    assertTrue(brokenFiles().count() >= 60);
    assertTrue(brokenRunbooks().count() >= 25);
  }
}
