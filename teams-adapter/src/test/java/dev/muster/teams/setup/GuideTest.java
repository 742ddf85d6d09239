// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people are told to type and to write in {@code docs/teams.md} is there as it is told. */
final class GuideTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern STEP = Pattern.compile("(?m)^(\\d+)\\. \\*\\*");
  private static final Pattern BOX = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```");
  private static final Pattern FILE = Pattern.compile("\\]\\(([^)#:]+)\\)");

  private static String guide;
  private static String config;

  @BeforeAll
  static void read() throws IOException {
    guide = Files.readString(ROOT.resolve("docs/teams.md"));
    config = Files.readString(ROOT.resolve("config/bot.yaml"));
  }

  private static List<String> boxes(String language) {
    return BOX.matcher(guide)
        .results()
        .filter(box -> box.group(1).equals(language))
        .map(box -> box.group(2).stripTrailing().stripIndent())
        .toList();
  }

  @Test
  void steps_areNumberedWithoutAGap_asTheReadmeCounts() throws IOException {
    List<String> numbers = STEP.matcher(guide).results().map(step -> step.group(1)).toList();

    assertEquals(12, numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      assertEquals(String.valueOf(i + 1), numbers.get(i));
    }
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertTrue(readme.contains("[docs/teams.md](docs/teams.md) to one in Teams in twelve"));
  }

  /** The boxes are nested as the shipped file is, so a path is found by its indentation. */
  @Test
  void keys_areThoseOfTheShippedFile() {
    List<String> boxes = boxes("yaml");
    assertEquals(3, boxes.size());
    for (String box : boxes) {
      Deque<String> path = new ArrayDeque<>();
      for (String line : box.lines().toList()) {
        int depth = (line.length() - line.stripLeading().length()) / 2;
        while (path.size() > depth) {
          path.removeLast();
        }
        path.addLast(line.strip().replaceFirst(":.*", ""));
        assertTrue(isKey(List.copyOf(path)), path::toString);
      }
    }
    assertTrue(isKey(List.of("platforms", "teams", "certificate")));
    assertTrue(config.contains("announce-channel: incidents"));
  }

  private static boolean isKey(List<String> path) {
    int from = 0;
    for (int depth = 0; depth < path.size(); depth++) {
      String line = "\n" + "  ".repeat(depth) + path.get(depth) + ":";
      from = config.indexOf(line, from);
      if (from < 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void variables_areThoseThatTheShippedFileReads() {
    for (String name :
        List.of("TEAMS_APP_ID", "TEAMS_TENANT_ID", "TEAMS_APP_PASSWORD", "TEAMS_TEAM_ID")) {
      assertTrue(guide.contains("export " + name + "=..."), name);
      assertTrue(config.contains("${" + name), name);
    }
  }

  @Test
  void hosts_areThoseThatAreCalled() {
    for (String host :
        List.of(
            "login.microsoftonline.com",
            "login.botframework.com",
            "graph.microsoft.com",
            "smba.trafficmanager.net")) {
      assertTrue(guide.contains("`" + host + "`"), host);
      assertTrue(config.contains(host), host);
    }
  }

  @Test
  void commands_beginWithVerbs() throws IOException {
    String verbs = Files.readString(ROOT.resolve("docs/commands.md"));
    String bot = "@" + Manifest.shipped().root().at("/name/short").asText() + " ";
    List<String> typed =
        boxes("").stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith(bot))
            .map(line -> line.substring(bot.length()))
            .toList();

    assertEquals(4, typed.size(), typed::toString);
    for (String line : typed) {
      String verb = line.split(" ")[0];
      assertTrue(verbs.contains("| `" + verb + " ") || verbs.contains("| `" + verb + "`"), line);
    }
  }

  @Test
  void files_areThere() {
    List<String> files = FILE.matcher(guide).results().map(file -> file.group(1)).toList();

    assertTrue(files.size() >= 2, files::toString);
    for (String file : files) {
      assertTrue(Files.exists(ROOT.resolve("docs").resolve(file)), file);
    }
    String line = boxes("sh").stream().filter(b -> b.contains("package.sh")).findFirst().get();
    assertTrue(Files.isExecutable(ROOT.resolve(line.split(" ")[0])), line);
    assertEquals("config/teams/package.sh $TEAMS_APP_ID muster.example.com", line);
  }
}
