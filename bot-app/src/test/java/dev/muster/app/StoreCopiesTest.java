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
