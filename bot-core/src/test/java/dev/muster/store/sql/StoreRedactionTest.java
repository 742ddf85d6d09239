// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import dev.muster.store.Tx;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words are taken out of a store that has to go on afterwards. */
class StoreRedactionTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final IncidentId ID = new IncidentId(1);
  private static final Actor ADA = new Actor.Human(new Person(new UserRef("web", "ada"), "Ada"));

  @TempDir private Path folder;
  private final AtomicInteger ids = new AtomicInteger(1_000);

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("muster.db");
  }

  private SqlStore open() {
    return ((StoreOpening.Opened)
            SqlStore.open(
                url(), ManualClock.atNoon(), () -> "id-" + ids.incrementAndGet(), new Telemetry()))
        .store();
  }

  @BeforeEach
  void live() {
    try (SqlStore store = open()) {
      store.run(StoreRedactionTest::everything);
    }
  }

  private static boolean everything(Tx tx) {
    IncidentEvent.Declared declared =
        new IncidentEvent.Declared(
            ID,
            "Customers see Blue Bear data",
            Severity.SEV2,
            List.of(),
            false,
            false,
            Optional.empty());
    tx.incidents().save(IncidentHistory.begin(declared, ADA, NOON));
    say(tx, "sev2");
    say(tx, "investigating");
    say(tx, "it is all about Blue Bear, see #inc-1-customers-see-blue-bear-data");
    tx.keepNote("topic/INC-1", "inc-1-customers-see-blue-bear-data");
    tx.keepNote("told/INC-1", NOON + " web:ada");
    return true;
  }

  private static void say(Tx tx, String text) {
    NewEntry said = NewEntry.of(NOON, EntryKind.MESSAGE_LOGGED, ADA, text);
    tx.timeline().append(Stream.of(ID), said, NOON);
  }

  private StoreRedaction.Done redact(long seq, String... words) throws IOException {
    StoreRedaction.Wish wish =
        new StoreRedaction.Wish(ID, seq, List.of(words), "asked", new Actor.Bot(), NOON);
    return StoreRedaction.redact(url(), wish, () -> "id-" + ids.incrementAndGet());
  }

  private Incident incident() {
    try (SqlStore store = open()) {
      return store.read(tx -> tx.incidents().find(ID)).orElseThrow();
    }
  }

  private String text(long seq) {
    try (SqlStore store = open()) {
      return store
          .read(tx -> tx.timeline().read(Stream.of(ID), seq - 1, 1, Set.of()))
          .get(0)
          .text();
    }
  }

  @Test
  void message_ofAWordThatTheProgramUses_goesAlone() throws IOException {
    Incident before = incident();

    redact(1);
    redact(2);

    assertEquals(before, incident());
    assertTrue(text(1).startsWith("[redacted]"), text(1));
    assertTrue(text(2).startsWith("[redacted]"), text(2));
    assertTrue(ChainCheck.check(url()).fits());
  }

  @Test
  void words_thatAreAPartOfTheProgramsOwn_areRefused() throws IOException {
    for (String words : List.of("sev2", "told", "Title", "investigating")) {
      IOException refused = assertThrows(IOException.class, () -> redact(1, words), words);
      assertTrue(refused.getMessage().contains("Write more of what is around"), words);
    }
    assertEquals("sev2", text(1));
  }

  @Test
  void words_inTheNameOfAChannel_areTakenOutThereToo() throws IOException {
    redact(3, "Blue Bear");

    assertTrue(text(3).contains("#inc-1-customers-see-redacted-data"), text(3));
    try (SqlStore store = open()) {
      assertEquals(
          Optional.of("inc-1-customers-see-redacted-data"),
          store.read(tx -> tx.note("topic/INC-1")));
    }
    assertFalse(incident().title().contains("Bear"));
  }

  @Test
  void copies_whereverTheStorePutThem_areNamed() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path backup = elsewhere.resolve("muster-20261120T120000Z.db");
    Path older = elsewhere.resolve("muster-20261119T120000Z.db");
    Path saved = folder.resolve("muster.db.saved-1");
    Path restored = folder.resolve("muster.db.before-restore-20261118T120000Z");
    Path spool = folder.resolve("muster.spool.damaged-1");
    for (Path each : List.of(backup, older, saved, restored, spool)) {
      Files.createFile(each);
    }
    KeptBackups.made(url(), backup);

    assertEquals(
        Set.of(backup, older, saved, restored, spool), Set.copyOf(redact(3, "Blue Bear").copies()));
  }

  @Test
  void file_thatCannotBeWrittenAnew_isToldWithTheCommandThatEndsIt() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.db"), "no database at all, ".repeat(99));

    IOException told =
        assertThrows(IOException.class, () -> QuietStore.compact(new StoreUrl(broken)));

    assertTrue(told.getMessage().endsWith("and give the same command again."), told.getMessage());
    redact(3, "Blue Bear");
    StoreRedaction.Done again = redact(3, "Blue Bear");
    assertEquals(0, again.entries());
  }
}
