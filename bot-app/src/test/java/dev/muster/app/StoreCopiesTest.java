// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code backup} and {@code verify}, beside a running bot and without one. */
final class StoreCopiesTest {

  @TempDir private Path folder;

  private Shell.Ended run(String... words) {
    String[] args = new String[words.length + 2];
    System.arraycopy(words, 0, args, 0, words.length);
    args[words.length] = "--config";
    args[words.length + 1] = folder.resolve("bot.yaml").toString();
    return Shell.run(args);
  }

  @Test
  void backupAndVerify_besideARunningBot_sayWhatIsThere() throws Exception {
    Path target = folder.resolve("b.db");
    try (BotHarness bot = BotHarness.start(folder, ManualClock.atNoon(), "")) {
      bot.http().say("ada", "incidents", "/incident declare! Checkout is slow sev2");
      bot.http().until("declared", () -> bot.http().get("/api/v1/incidents/INC-1").status() == 200);

      Shell.Ended written = run("backup", target.toString());
      assertEquals(0, written.code(), written.err());
      assertEquals("", written.err());
      assertTrue(written.out().startsWith("Wrote " + target + ": incidents: 1"), written.out());

      Shell.Ended store = run("verify", "--store");
      assertEquals(0, store.code(), store.err() + store.out());
      assertTrue(store.out().contains(" fits. Entries: "), store.out());
    }
    assertEquals(0, run("verify", target.toString()).code());
  }

  @Test
  void restore_givesBackWhatWasBackedUp_tellsPeople_andGivesNoNumberTwice() throws Exception {
    String target = folder.resolve("b.db").toString();
    BotHarness bot = BotHarness.start(folder, ManualClock.atNoon(), "");
    try {
      bot.http().say("ada", "incidents", "/incident declare! Checkout is slow sev2");
      bot.http().until("one", () -> bot.http().get("/api/v1/incidents/INC-1").status() == 200);
      assertEquals(0, run("backup", target).code());
      bot.http().say("ada", "incidents", "/incident declare! Search is slow sev2");
      bot.http().until("two", () -> bot.http().get("/api/v1/incidents/INC-2").status() == 200);

      Shell.Ended running = run("restore", target, "--replace-newer");
      assertEquals(1, running.code());
      assertTrue(running.err().contains("Stop it first: kill "), running.err());
      bot.stop();
      Shell.Ended newer = run("restore", target);
      assertEquals(1, newer.code());
      assertTrue(newer.err().contains("restore " + target + " --replace-newer"), newer.err());

      Shell.Ended done = run("restore", target, "--replace-newer");
      assertEquals(0, done.code(), done.err());
      assertTrue(done.out().contains("Next incident: INC-3."), done.out());
      assertEquals(0, run("verify", "--store").code());
      bot.startAgain();

      bot.http().message("ada", "incidents", "was restored from a backup");
      assertEquals(404, bot.http().get("/api/v1/incidents/INC-2").status());
      assertTrue(bot.http().get("/api/v1/journal").body().contains("store_restored"));
      bot.http().say("ada", "incidents", "/incident declare! Search is slow again sev2");
      bot.http().until("three", () -> bot.http().get("/api/v1/incidents/INC-3").status() == 200);
    } finally {
      bot.close();
    }
  }

  @Test
  void verify_aStoreThatSomebodyEdited_namesTheEntry() throws Exception {
    BotHarness.start(folder, ManualClock.atNoon(), "").close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/muster.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TRIGGER timeline_words_keep");
      statement.execute("UPDATE timeline_words SET text = 'nothing' WHERE seq = 1");
    }

    Shell.Ended ended = run("verify", "--store");

    assertEquals(1, ended.code());
    assertTrue(ended.out().contains("Entry 1 of the journal does not fit"), ended.out());
    assertTrue(ended.err().contains("Keep it as it is"), ended.err());
  }

  @Test
  void commands_whereNoStoreIs_sayWhatToCheck() throws Exception {
    Files.writeString(
        folder.resolve("bot.yaml"),
        "store: { url: \"jdbc:sqlite:" + folder.resolve("none/muster.db") + "\" }\n");

    for (String[] words : new String[][] {{"backup", folder + "/b.db"}, {"verify", "--store"}}) {
      Shell.Ended ended = run(words);
      assertEquals(1, ended.code());
      assertEquals("", ended.out());
      assertTrue(ended.err().contains("Check store.url"), ended.err());
    }
    Shell.Ended none = run("verify", folder + "/none.db");
    assertEquals(1, none.code());
    assertTrue(none.err().contains("There is no file"), none.err());
  }
}
