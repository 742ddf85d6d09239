// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.app.MovedOn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that the program with the first tables wrote, killed in the midst of an opening: with
 * incidents in every status, a private one and a drill, alerts, follow-ups, an escalation, steps
 * that were carried out and one that waits for approval. Today's program goes on with it.
 */
final class EarlierStoreTest {

  /** When that program was killed. */
  private static final Instant KILLED = Instant.parse("2026-11-22T22:27:30Z");

  private static final int INCIDENTS = 13;
  private static final String PRIVATE = "INC-7";

  @TempDir private Path folder;

  @Test
  void store_ofTheFirstTables_isGoneOnWithWhereItStopped() throws Exception {
    Path home = folder.resolve("bot");
    MovedOn clock = new MovedOn(Duration.between(Instant.now(), KILLED));
    try (Receiver receiver = new Receiver();
        CrashBot bot = new CrashBot(home, receiver.url(), "", null, clock)) {
      Files.createDirectories(bot.store().getParent());
      unpack("v1.zip", bot.store().getParent());
      List<StoreNow.Fact> before = StoreNow.read(bot.store()).facts();

      bot.start();
      Sender sender = new Sender(bot);
      Ledger ledger = new Ledger();
      Actions actions = new Actions(sender, ledger, "later");
      sender.settle();
      actions.say("ada", actions.placeOf(actions.declare("ada")));
      sender.settle();

      StoreNow after = StoreNow.read(bot.store());
      assertFalse(before.isEmpty());
      assertEquals(List.of(), before.stream().filter(f -> !after.facts().contains(f)).toList());
      assertEquals(INCIDENTS + 1, after.incidents().size());
      assertEquals(List.of(), broken(bot, sender, ledger, receiver));
    }
  }

  /**
   * Another target took the calls of that time; what is private is neither listed nor announced.
   */
  private static List<String> broken(Bot bot, Sender sender, Ledger ledger, Receiver receiver) {
    return CrashTrial.problems(bot, sender, ledger, receiver).stream()
        .filter(problem -> !problem.startsWith("0 calls for 2 steps that succeeded"))
        .filter(problem -> !problem.startsWith("number " + PRIVATE + " is missing"))
        .filter(problem -> !problem.equals("I2 0 announcements of " + PRIVATE + " (lost)"))
        .toList();
  }

  private static void unpack(String name, Path into) throws IOException {
    try (InputStream packed = EarlierStoreTest.class.getResourceAsStream("/earlier/" + name);
        ZipInputStream zip = new ZipInputStream(packed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, into.resolve(entry.getName()));
      }
    }
  }
}
