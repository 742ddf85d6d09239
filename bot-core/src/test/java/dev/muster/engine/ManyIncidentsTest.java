// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.store.IncidentIndex;
import dev.muster.store.Tx;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens often reads the few incidents it concerns, and not the ten thousand there are. */
class ManyIncidentsTest {

  private static final int OPEN_ELSEWHERE = 6_000;
  private static final int CLOSED_LONG_AGO = 4_000;
  private static final Person ADA = new Person(new UserRef("chat", "Uada"), "ada");
  private static final Person LI = new Person(new UserRef("chat", "Uli"), "li");
  private static final Instant LONG_AGO = ManualClock.atNoon().instant().minus(Duration.ofDays(30));
  private static final ChannelRef LOBBY = new ChannelRef("chat", "Clobby");

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger read = new AtomicInteger();
  @TempDir Path folder;
  private EngineHarness engine;

  @BeforeEach
  void open() {
    engine = new EngineHarness(clock, folder);
    write(
        moment -> {
          for (int i = 0; i < OPEN_ELSEWHERE; i++) {
            begin(moment.tx(), LONG_AGO, Severity.SEV3, UnaryOperator.identity(), "other");
          }
          for (int i = 0; i < CLOSED_LONG_AGO; i++) {
            begin(moment.tx(), LONG_AGO, Severity.SEV3, now -> closed(now, LONG_AGO), "chat");
          }
        });
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void write(Consumer<Moment> work) {
    engine.write(tx -> work.accept(new Moment(counting(tx), clock.instant(), null)));
  }

  private Tx counting(Tx tx) {
    return proxy(
        Tx.class, tx, made -> made instanceof IncidentIndex index ? counting(index) : made);
  }

  private IncidentIndex counting(IncidentIndex index) {
    return proxy(
        IncidentIndex.class,
        index,
        found -> {
          boolean one = found instanceof Optional<?> maybe && maybe.isPresent();
          boolean bodies =
              found instanceof List<?> some && !some.isEmpty() && some.get(0) instanceof Incident;
          read.addAndGet(bodies ? ((List<?>) found).size() : one ? 1 : 0);
          return found;
        });
  }

  private static <T> T proxy(Class<T> type, T of, UnaryOperator<Object> seen) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return seen.apply(method.invoke(of, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static Incident begin(
      Tx tx, Instant at, Severity severity, UnaryOperator<Incident> then, String platform) {
    IncidentId id = tx.incidents().nextId();
    Space space = new Space(new ChannelRef(platform, "C" + id.number()), "inc-" + id.number(), "");
    return begin(tx, at, severity, then, space);
  }

  private static Incident begin(
      Tx tx, Instant at, Severity severity, UnaryOperator<Incident> then, Space space) {
    Actor by = new Actor.Human(ADA);
    Incident incident =
        IncidentHistory.begin(
            new IncidentEvent.Declared(
                tx.incidents().nextId(),
                "title",
                severity,
                List.of(),
                false,
                false,
                Optional.empty()),
            by,
            at);
    incident = IncidentHistory.after(incident, new IncidentEvent.SpaceOpened(space), by, at);
    incident = then.apply(incident);
    tx.incidents().save(incident);
    return incident;
  }

  private static IncidentEvent closing() {
    return new IncidentEvent.StatusChanged(
        IncidentStatus.INVESTIGATING,
        IncidentStatus.CLOSED,
        Optional.of(Closing.as(Closing.Reason.COMPLETED)));
  }

  private static Incident closed(Incident incident, Instant at) {
    return IncidentHistory.after(incident, closing(), new Actor.Human(ADA), at);
  }

  private void gap(Moment moment) {
    Instant now = moment.now();
    new Gaps().ended(moment, new ChatEvent.ConnectionGap(now, "chat", now.minusSeconds(60)));
  }

  @Test
  void work_amongTenThousandIncidents_isWhatItConcerns() {
    gapReadsTheIncidentsThatWereClosedLately();
    personWhoIsGoneIsLookedForWhereTheyAreNamed();
    messageInAThreadIsLookedForInThatChannel();
  }

  private void gapReadsTheIncidentsThatWereClosedLately() {
    write(this::gap);
    clock.advance(Duration.ofHours(1));
    write(
        moment -> {
          for (Severity severity : List.of(Severity.SEV2, Severity.SEV1)) {
            begin(moment.tx(), moment.now(), severity, UnaryOperator.identity(), "chat");
          }
          Incident open =
              begin(moment.tx(), LONG_AGO, Severity.SEV1, UnaryOperator.identity(), "chat");
          Facts.write(moment, open, closing(), new Actor.Human(ADA), "");
          read.set(0);
          gap(moment);
        });

    List<String> next = new ArrayList<>();
    engine.write(
        tx ->
            tx.effects()
                .claim(clock.instant(), 1)
                .forEach(order -> next.add(order.incident().orElseThrow().toString())));
    long ordered = engine.read(tx -> tx.effects().backlog());
    assertEquals(3, ordered);
    assertEquals(List.of("INC-10002"), next);
    assertEquals(1, read.get());
  }

  private void personWhoIsGoneIsLookedForWhereTheyAreNamed() {
    write(
        moment -> {
          begin(
              moment.tx(),
              moment.now(),
              Severity.SEV2,
              now ->
                  IncidentHistory.after(
                      now,
                      new IncidentEvent.RoleAssigned(Role.SCRIBE, LI, Optional.empty()),
                      new Actor.Human(ADA),
                      moment.now()),
              "chat");
          read.set(0);
          List<Incident> found = moment.tx().incidents().unclosedNaming(LI.ref());
          assertEquals(1, found.size());
          assertEquals(Optional.of(LI), found.get(0).holder(Role.SCRIBE));
        });
    assertEquals(1, read.get());
  }

  private void messageInAThreadIsLookedForInThatChannel() {
    write(
        moment -> {
          Incident there =
              begin(
                  moment.tx(),
                  moment.now(),
                  Severity.SEV2,
                  UnaryOperator.identity(),
                  new Space(LOBBY, "lobby", "", Optional.of("1.1")));
          MessageRef message = new MessageRef(LOBBY, "1.2");
          Facts.append(
              moment,
              there.id(),
              new NewEntry(
                  moment.now(),
                  EntryKind.MESSAGE_LOGGED,
                  new Actor.Human(ADA),
                  "words",
                  "",
                  "1.2",
                  Traces.place(message)));
          read.set(0);
          assertEquals(Optional.of(there.id()), Traces.incident(moment, message).map(Incident::id));
          MessageRef elsewhere = new MessageRef(new ChannelRef("chat", "Clobb"), "1.2");
          assertTrue(Traces.incident(moment, elsewhere).isEmpty());
        });
    assertEquals(1, read.get());
  }
}
