// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.testkit.SettingsDraft;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever puts the machine's clock forward or back changes when nothing happens. */
class ClockStepsTest {

  private static final Settings.SeverityRule HOURLY =
      new Settings.SeverityRule(
          Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofMinutes(5)), "default");

  @TempDir Path folder;
  private IncidentRoom room;

  @AfterEach
  void close() {
    if (room != null) {
      room.close();
    }
  }

  private void open() {
    UnaryOperator<Settings> levels =
        IncidentRoom.asking(HOURLY, List.of(List.of("person:Uada"), List.of("person:Uli")));
    room =
        new IncidentRoom(
            folder, before -> SettingsDraft.of(levels.apply(before)).rollback(false).done());
  }

  private List<String> asked() {
    return room.engine().texts(IncidentRoom.ID, EntryKind.ESCALATION_STARTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "PT2S", "PT-2S", "P3650D", "P-20000D"})
  void escalation_acrossAStep_asksTheNextLevelAfterTheSameTimeAndOnce(Duration step) {
    open();
    room.person("ada");
    room.person("li");
    room.alerts("Checkout is down");
    room.pass(Duration.ofMinutes(2));
    assertEquals(1, asked().size());

    room.engine().clockSteps(step);
    room.pass(Duration.ofMinutes(2));
    assertEquals(1, asked().size(), "asked too early");

    room.pass(Duration.ofMinutes(1));
    assertEquals(2, asked().size(), "not asked in time");
    room.pass(Duration.ofMinutes(30));
    assertEquals(2, asked().size(), "asked once more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "P3650D", "P-20000D"})
  void approval_acrossAStep_standsAsLongAsItWasToStand(Duration step) {
    open();
    Person ada = room.person("ada");
    room.declares(ada, "declare! Checkout is down");
    room.commands(ada, "rollback");
    room.pass(Duration.ofMinutes(5));

    room.engine().clockSteps(step);
    room.pass(Duration.ofMinutes(9));
    assertTrue(room.shows("Approve"), room.timeline());

    room.pass(Duration.ofMinutes(2));
    assertFalse(room.shows("Approve"), room.timeline());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void summary_acrossAStep_comesAfterTheSameTimeAndIsPromisedSo(Duration step) {
    open();
    room.declares(room.person("ada"), "declare! Checkout is down");
    room.commands(room.person("ada"), "ack");
    Instant promised = room.incident().nextUpdate().orElseThrow();

    room.engine().clockSteps(step);
    room.engine().settle();
    assertEquals(promised.plus(step), room.incident().nextUpdate().orElseThrow());

    room.pass(Duration.ofMinutes(58));
    assertEquals(List.of(), room.engine().texts(IncidentRoom.ID, EntryKind.SUMMARY_POSTED));
    room.pass(Duration.ofMinutes(3));
    assertEquals(1, room.engine().texts(IncidentRoom.ID, EntryKind.SUMMARY_POSTED).size());
  }

  private Delivery typed(String key, Instant at, String words) {
    Person ada = room.person("ada");
    ChannelRef where = room.world().meetingPlace().channel();
    return Delivery.of(
        key,
        new ChatEvent.CommandInvoked(
            at,
            Profile.member(ada),
            Place.of(where, "general"),
            words,
            Optional.empty(),
            new ReplyTo(ada.ref(), where, Optional.of(key), at, Optional.empty()),
            Optional.empty()));
  }

  /** Lets it wait for the writer while that follows the clock. */
  private void clockStepsUnder(Delivery delivery, Duration step) {
    ChatInbox inbox = room.engine().inboxOf(IncidentRoom.CHAT);
    room.engine()
        .clockSteps(
            step,
            () -> {
              CompletableFuture.runAsync(() -> inbox.acceptSoon(delivery)).join();
              room.engine().advance(step);
            });
    room.engine().settle();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5H", "PT15M", "PT-5H"})
  void command_thatWaitedWhileTheClockWasSet_isCarriedOut(Duration step) {
    open();
    clockStepsUnder(typed("c1", room.now(), "declare! Checkout is down"), step);

    assertEquals("Checkout is down", room.incident().title(), toldAda());
  }

  @Test
  void command_thatIsHoursLateAndWaitedWhileTheClockWasSet_asks() {
    open();
    Instant hoursAgo = room.now().minus(Duration.ofHours(5));
    clockStepsUnder(typed("c1", hoursAgo, "declare! Checkout is down"), Duration.ofHours(5));

    assertTrue(toldAda().contains("arrived 5 h 0 min late"), toldAda());
  }

  @Test
  void command_hoursOldAfterTheClockWasSet_asks() {
    open();
    Instant typed = room.now();
    room.engine().clockSteps(Duration.ofHours(5));
    room.engine()
        .inboxOf(IncidentRoom.CHAT)
        .accept(typed("c1", typed, "declare! Checkout is down"));
    room.engine().settle();

    assertTrue(toldAda().contains("arrived 5 h 0 min late"), toldAda());
  }

  private String toldAda() {
    return room.told(room.person("ada")).toString();
  }

  /**
   * The seed is printed; {@code -Dmuster.seed=N} repeats it, {@code -Dmuster.steps=N} takes more.
   */
  @Test
  @Tag("proof")
  void clock_setAtRandomDuringIncidents_changesNothingOfWhatIsDue() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("steps from seed " + seed);
    try (TimerYears years = TimerYears.restless(folder, seed)) {
      years.untilSet(Integer.getInteger("muster.steps", 100));
      System.out.println(years.report());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void step_ofTheClock_isInTheJournal(Duration step) {
    open();
    room.engine().clockSteps(step);

    String told = room.engine().journal(EntryKind.CLOCK_STEPPED).get(0).text();
    String way = step.isNegative() ? "back" : "forward";
    assertEquals(
        "The machine's clock was put " + way + " by 1 h 0 min. What waits keeps its distance.",
        told);
  }
}
