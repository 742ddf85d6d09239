// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Carries out the commands that {@code docs/operating.md} shows, in their order. */
final class OperatingGuideTest {

  private static final Path ROOT = Path.of(System.getProperty("muster.root", ".."));
  private static final Pattern COMMAND = Pattern.compile("(?m)^java -jar muster\\.jar (.+)$");

  @TempDir private Path folder;

  private static List<String> commands() throws IOException {
    List<String> found = new ArrayList<>();
    Matcher matcher = COMMAND.matcher(Files.readString(ROOT.resolve("docs/operating.md")));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void commandsOfTheGuide_inTheirOrder_endWell() throws IOException {
    Files.createDirectories(folder.resolve("runbooks"));
    Files.copy(
        ROOT.resolve("config/runbooks/rollback-checkout.yaml"),
        folder.resolve("runbooks/rollback-checkout.yaml"));
    BotHarness bot =
        BotHarness.start(
            folder,
            ManualClock.atNoon(),
            "outbound: { allow: [\"http://127.0.0.1:9099\"] }\nrunbooks: runbooks/\n");
    bot.http().say("ada", "incidents", "/incident declare! Checkout is slow sev2");
    bot.http().until("declared", () -> bot.http().get("/api/v1/incidents/INC-1").status() == 200);
    bot.close();
    Files.writeString(folder.resolve("words.txt"), "Checkout is slow");
    List<String> commands = commands();
    assertFalse(commands.isEmpty());

    for (String command : commands) {
      List<String> words = new ArrayList<>();
      for (String word : command.split(" ")) {
        words.add(word.replace("/backups", folder.toString()));
      }
      words.addAll(List.of("--config", folder.resolve("bot.yaml").toString()));
      Shell.Ended ended = Shell.run(words.toArray(String[]::new));
      assertEquals(0, ended.code(), command + ": " + ended.err());
    }
  }

  @Test
  void help_listsEveryCommandOfTheGuide() throws IOException {
    String help = Shell.run("help").out();

    for (String command : commands()) {
      assertTrue(help.contains("  " + command.split(" ")[0] + " "), command);
    }
  }
}
