// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import dev.muster.incident.Actor;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.postmortem.Postmortem;
import dev.muster.store.Tx;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is read twice for one gap, and nobody is left out because there are many. */
class GapsTest {

  private static final Person ADA = new Person(new UserRef("chat", "Uada"), "ada");
  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;
  private EngineHarness engine;

  @BeforeEach
  void open() {
    engine = new EngineHarness(clock, folder);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void write(Consumer<Moment> work) {
    engine.write(tx -> work.accept(new Moment(tx, clock.instant(), null)));
  }

  private static ChannelRef channel(long number) {
    return new ChannelRef("chat", "C" + number);
  }

  private Incident incident(Tx tx, boolean isPrivate, boolean closed) {
    Actor by = new Actor.Human(ADA);
    Instant now = clock.instant();
    IncidentId id = tx.incidents().nextId();
    Incident incident =
        IncidentHistory.begin(
            new IncidentEvent.Declared(
                id, "title", Severity.SEV2, List.of(), isPrivate, false, Optional.empty()),
            by,
            now);
    Space space = new Space(channel(id.number()), "inc-" + id.number(), "");
    incident = IncidentHistory.after(incident, new IncidentEvent.SpaceOpened(space), by, now);
    if (closed) {
      incident =
          IncidentHistory.after(
              incident,
              new IncidentEvent.StatusChanged(
                  IncidentStatus.INVESTIGATING,
                  IncidentStatus.CLOSED,
                  Optional.of(Closing.as(Closing.Reason.COMPLETED))),
              by,
              now);
    }
    tx.incidents().save(incident);
    return incident;
  }

  @Test
  void connectionThatFlaps_ordersOneReadingFromTheFirstGapOn() {
    Instant noon = clock.instant();
    write(
        moment -> {
          for (int second : List.of(5, 9, 2, 30)) {
            new Gaps()
                .detected(
                    moment, new ChatEvent.GapDetected(noon, channel(1), noon.plusSeconds(second)));
          }
        });

    long ordered = engine.read(tx -> tx.effects().backlog());
    Effect.ReadHistory any = new Effect.ReadHistory(channel(1), noon);
    QueuedEffect waiting = engine.read(tx -> tx.effects().replaceable(any)).orElseThrow();
    assertEquals(1, ordered);
    assertEquals(new Effect.ReadHistory(channel(1), noon.plusSeconds(2)), waiting.effect());
  }

  @Test
  void gapAfterAReadingBegan_isReadOnItsOwn_andTheNextOnesWithIt() {
    Instant noon = clock.instant();
    write(
        moment -> {
          new Gaps().detected(moment, new ChatEvent.GapDetected(noon, channel(1), noon));
          QueuedEffect begun = moment.tx().effects().claim(noon, 1).get(0);
          moment.tx().effects().retry(begun.id(), 1, noon.plusSeconds(7), "slack asks to wait");
          for (int second : List.of(60, 50, 70)) {
            Instant since = noon.plusSeconds(second);
            new Gaps().detected(moment, new ChatEvent.GapDetected(since, channel(1), since));
          }
        });

    Effect.ReadHistory any = new Effect.ReadHistory(channel(1), noon);
    QueuedEffect waiting = engine.read(tx -> tx.effects().replaceable(any)).orElseThrow();
    long ordered = engine.read(tx -> tx.effects().backlog());
    assertEquals(2, ordered);
    assertEquals(new Effect.ReadHistory(channel(1), noon.plusSeconds(50)), waiting.effect());
  }

  @Test
  void channelToBeReadAgain_whileThePlatformIsHeld_hasOneOrderThatStands() {
    Instant noon = clock.instant();
    IncidentId id = new IncidentId(1);
    write(
        moment -> {
          for (int hour = 0; hour < 48; hour++) {
            Instant since = noon.plus(Duration.ofHours(hour));
            new Orders(moment).readAgain(id, channel(1), since);
            new Orders(moment).readAgain(id, channel(2), since);
            QueuedEffect held = moment.tx().effects().claim(since, 1).get(0);
            moment.tx().effects().putOff(held.id(), held.attempt(), false, since, "held");
          }
        });

    Effect.ReadAgain any = new Effect.ReadAgain(channel(1), noon);
    QueuedEffect waiting = engine.read(tx -> tx.effects().replaceable(any)).orElseThrow();
    long ordered = engine.read(tx -> tx.effects().backlog());
    assertEquals(2, ordered);
    assertEquals(new Effect.ReadAgain(channel(1), noon), waiting.effect());
  }

  @Test
  void wholePlatform_isReadInEveryChannel_thoughThereAreManyAndSomeArePrivate() {
    write(
        moment -> {
          for (int i = 0; i < 501; i++) {
            incident(moment.tx(), false, false);
          }
          for (int i = 0; i < 51; i++) {
            incident(moment.tx(), i % 2 == 0, true);
          }
          new Gaps()
              .ended(
                  moment,
                  new ChatEvent.ConnectionGap(
                      clock.instant(), "chat", clock.instant().minusSeconds(60)));
        });
    long ordered = engine.read(tx -> tx.effects().backlog());
    assertEquals(552, ordered);
  }

  @Test
  void census_ofManyIncidents_leavesNoneOut() {
    write(
        moment -> {
          Incident first = incident(moment.tx(), false, true);
          for (int i = 0; i < 500; i++) {
            incident(moment.tx(), false, true);
          }
          List<Incident> all = Census.closed(moment, incident -> true);
          assertEquals(501, all.size());
          assertTrue(all.contains(first));
        });
  }

  @Test
  void staleCard_afterManyChanges_namesTheLastOne() {
    write(
        moment -> {
          Incident incident = incident(moment.tx(), false, false);
          for (int i = 0; i <= 1_000; i++) {
            Person by = new Person(ADA.ref(), "person " + i);
            moment
                .tx()
                .timeline()
                .append(
                    Stream.of(incident.id()),
                    NewEntry.of(moment.now(), EntryKind.SEVERITY_CHANGED, new Actor.Human(by), "x"),
                    moment.now());
          }
          assertTrue(Stale.what(moment, incident).contains("by person 1000 "));
        });
  }

  @Test
  void gapThatHidNothing_isNotToldInThePostmortem_andOneThatDidIs() {
    write(
        moment -> {
          Incident incident = incident(moment.tx(), false, true);
          gap(moment, incident, "found nothing", 0, true);
          gap(moment, incident, "found three", 3, true);
          gap(moment, incident, "read a part", 0, false);
          List<TimelineEntry> all =
              moment.tx().timeline().read(Stream.of(incident.id()), 0, 100, Set.of());
          List<String> told =
              Postmortem.of(incident, all, moment.now()).sections().stream()
                  .flatMap(part -> part.statements().stream())
                  .map(Postmortem.Statement::text)
                  .toList();
          assertTrue(
              told.stream().noneMatch(text -> text.contains("found nothing")), told::toString);
          assertTrue(told.stream().anyMatch(text -> text.contains("found three")), told::toString);
          assertTrue(told.stream().anyMatch(text -> text.contains("read a part")), told::toString);
        });
  }

  private static void gap(Moment moment, Incident about, String text, long found, boolean whole) {
    Facts.append(
        moment,
        about.id(),
        NewEntry.of(moment.now(), EntryKind.GAP_FILLED, new Actor.Bot(), text)
            .with(Map.of("filled", true, "events", found, "whole", whole)));
  }
}
