// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.store.Inbound;
import dev.muster.store.Tx;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of small values and deliveries after a year. */
class TidyingTest {

  private static final Actor ADA = new Actor.Human(new Person(new UserRef("slack", "U1"), "ada"));
  private static final int NOTES_PER_INCIDENT = 16;

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  @TempDir Path folder;
  private SqlStore store;
  private Tidying tidying;

  @BeforeEach
  void open() {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            clock,
            () -> "id-" + ids.incrementAndGet(),
            new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
    tidying = new Tidying(store, clock);
  }

  @AfterEach
  void close() {
    tidying.close();
    store.close();
  }

  private static Incident declared(IncidentId id, ChannelRef channel, Instant now) {
    Incident begun =
        IncidentHistory.begin(
            new IncidentEvent.Declared(
                id, "slow", Severity.SEV2, List.of(), false, false, Optional.empty()),
            ADA,
            now);
    return IncidentHistory.after(
        begun, new IncidentEvent.SpaceOpened(new Space(channel, "inc", "")), ADA, now);
  }

  private static Incident closed(Incident incident, Instant now) {
    return IncidentHistory.after(
        incident,
        new IncidentEvent.StatusChanged(
            incident.status(),
            IncidentStatus.CLOSED,
            Optional.of(new Closing(Closing.Reason.COMPLETED, Optional.empty()))),
        ADA,
        now);
  }

  /** An incident with everything that is noted about one, and one delivery. */
  private Incident happens(Tx tx, boolean ends) {
    Instant now = clock.instant();
    IncidentId id = tx.incidents().nextId();
    String n = String.valueOf(id.number());
    ChannelRef channel = new ChannelRef("slack", "C" + n);
    Incident incident = declared(id, channel, now);
    incident = ends ? closed(incident, now) : incident;
    tx.incidents().save(incident);
    for (String timed :
        List.of(
            "ask/" + n,
            "told/" + n,
            Acquaintance.ADDRESS_ASKED + "slack:U" + n,
            Acquaintance.INTRODUCED + "teams:" + n,
            "handover-posted/" + n,
            "pinned-again/" + channel + "/1." + n,
            "topic-again/" + channel,
            "stranger/" + id + "/slack:U9",
            "ready/" + id + "@slack")) {
      tx.keepNote(timed, now.toString());
    }
    tx.keepNote("declared/" + n, now + " " + id);
    tx.keepNote(EarlyEdits.NOTE + channel + "/1." + n, now + " id-1");
    tx.keepNote("declared-by/" + n, id.toString());
    tx.keepNote("announced/slack/C0/" + n, id.toString());
    tx.keepNote("kept-files/" + channel + "/1." + n, "F1\tp99.png\t");
    tx.keepNote("kept-files/" + channel + "/2." + n, "");
    tx.keepNote("platforms/" + id, "slack");
    tx.keepNote(PostmortemEdits.TOLD + id + "/form/impact", "17");
    tx.keepNote("topic/" + id + "@slack", "SEV2");
    tx.keepNote("command-banner/" + id, "");
    tx.keepNote(LatelyClosed.DAY + now.toString().substring(0, 10), n);
    ChatEvent event = new ChatEvent.GapDetected(now, channel, now);
    String delivery =
        tx.inbox().put("slack", "k" + n, new byte[0], new Inbound.Chat("slack", event), now).id();
    tx.inbox().handled(delivery, new Answer.Accepted());
    return incident;
  }

  private SortedMap<String, String> notes() {
    return store.read(tx -> tx.notes("", 100_000));
  }

  private int tidy() {
    int turns = 1;
    while (tidying.turn()) {
      turns++;
    }
    return turns;
  }

  @Test
  void yearOfIncidents_leavesWhatBelongsToTheLastMonthsAndToWhatIsOpen() {
    String open = store.run(tx -> happens(tx, false)).id().toString();
    store.run(
        tx -> {
          tx.keepNote("token-key", "key");
          tx.keepNote("action-noted-by/INC-2/1.1", "1");
          return null;
        });
    for (int day = 0; day < 365; day++) {
      clock.advance(Duration.ofDays(1));
      store.run(tx -> happens(tx, true));
      if (day % 30 == 0) {
        tidy();
      }
    }
    tidy();

    SortedMap<String, String> left = notes();
    assertTrue(left.size() <= 91 * NOTES_PER_INCIDENT, left.size() + " notes");
    assertTrue(left.containsKey("token-key"));
    assertTrue(left.containsKey("action-noted-by/INC-2/1.1"), "follow-ups end long after");
    for (String kept : List.of("platforms/" + open, "stranger/" + open + "/slack:U9")) {
      assertTrue(left.containsKey(kept), kept);
    }
    assertTrue(left.containsKey("kept-files/slack:C1/1.1"), "still waited for");
    assertTrue(left.containsKey("announced/slack/C0/1"));
    assertFalse(left.containsKey("kept-files/slack:C2/1.2"));
    assertFalse(left.containsValue(""));
    for (int number = 2; number < 270; number++) {
      for (String gone : List.of("ask/", "told/", "handover-posted/", "declared-by/")) {
        assertFalse(left.containsKey(gone + number), gone + number);
      }
      assertFalse(left.containsKey(Acquaintance.ADDRESS_ASKED + "slack:U" + number));
      assertFalse(left.containsKey(Acquaintance.INTRODUCED + "teams:" + number));
      assertFalse(left.containsKey(PostmortemEdits.TOLD + "INC-" + number + "/form/impact"));
    }
    assertEquals(
        10, left.keySet().stream().filter(name -> name.startsWith(LatelyClosed.DAY)).count());
    assertTrue(left.containsKey("platforms/INC-366"));
    assertTrue(left.containsKey(PostmortemEdits.TOLD + "INC-366/form/impact"));
    assertTrue(left.containsKey("declared/366"));
    assertFalse(left.containsKey("declared/364"));
    assertTrue(repeats("k366") && repeats("k360"), "a push of this week is known");
    assertFalse(repeats("k350"));
  }

  private boolean repeats(String key) {
    ChatEvent event =
        new ChatEvent.GapDetected(clock.instant(), new ChannelRef("slack", "C"), clock.instant());
    Inbound body = new Inbound.Chat("slack", event);
    return store.run(
        tx -> tx.inbox().put("slack", key, new byte[0], body, clock.instant()).repeat());
  }

  @Test
  void turn_doesABoundedPart_andTheNextGoesOnThere() {
    store.run(
        tx -> {
          for (int i = 0; i < 5 * Tidying.NOTES_A_TURN; i++) {
            tx.keepNote("ask/" + (100_000 + i), clock.instant().toString());
          }
          return null;
        });
    clock.advance(Duration.ofDays(8));

    assertTrue(tidying.turn());
    assertEquals(4 * Tidying.NOTES_A_TURN, notes().size());
    assertEquals(5, tidy());
    assertEquals(0, notes().size());
  }

  @Test
  void incident_reopened_keepsWhatBelongsToIt() {
    Incident incident = store.run(tx -> happens(tx, true));
    clock.advance(Duration.ofDays(89));
    store.run(
        tx -> {
          tx.incidents()
              .save(
                  IncidentHistory.after(
                      incident,
                      new IncidentEvent.StatusChanged(
                          IncidentStatus.CLOSED, IncidentStatus.INVESTIGATING, Optional.empty()),
                      ADA,
                      clock.instant()));
          return null;
        });
    clock.advance(Duration.ofDays(10));
    tidy();

    assertTrue(notes().containsKey("platforms/INC-1"));
    assertTrue(notes().containsKey("stranger/INC-1/slack:U9"));
  }

  @Test
  void clockThatIsPutBack_doesNotPutOffTheNextRound() {
    clock.advance(Duration.ofDays(-365));

    Instant next = tidying.round().orElseThrow();

    assertFalse(next.isAfter(clock.instant().plus(Duration.ofHours(1))), next.toString());
  }
}
