// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.ChatPlatform;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.store.IncidentIndex;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The walk goes all the way, touches nothing of the program, and lets everything real go first. */
@Timeout(120)
final class WarmUpTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int FEW = 2;

  private static final IncidentIndex.Query ALL =
      new IncidentIndex.Query(Set.of(), Set.of(), "", Optional.empty(), 0, 100);

  @TempDir private Path folder;
  private final WarmThreads threads = new WarmThreads();
  private final AtomicLong ids = new AtomicLong();

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("muster.db");
  }

  private String nextId() {
    return String.format("01WARM%020d", ids.incrementAndGet());
  }

  private WarmUp warmUp(LongSupplier arrivals, WarmUp.Limits limits) {
    return warmUp(arrivals, () -> Duration.ZERO, limits);
  }

  private WarmUp warmUp(
      LongSupplier arrivals, Supplier<Duration> processorTime, WarmUp.Limits limits) {
    return new WarmUp(
        new WarmUp.Surroundings(
            url(), InstantSource.system(), this::nextId, List.of(), arrivals, processorTime),
        limits,
        task -> new Thread(threads, task, "warm-up"));
  }

  private static WarmUp.Limits rounds(int rounds) {
    return new WarmUp.Limits(rounds, LONG, LONG, Duration.ZERO);
  }

  private WarmUp.Outcome ended(WarmUp warmUp) throws Exception {
    warmUp.begin();
    WarmUp.Outcome outcome = warmUp.outcome().get(60, TimeUnit.SECONDS);
    warmUp.close();
    return outcome;
  }

  private Path thrownAway() {
    return folder.resolve("muster.db.thrown-away");
  }

  @Test
  void walk_someRounds_goesAllTheWay() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    ChatPlatform real = noting(asked);
    try (WalkGround ground =
        new WalkGround(url(), InstantSource.system(), this::nextId, List.of(real))) {
      Walk walk = new Walk(ground);
      for (int step = 0; step < FEW * Walk.STEPS; step++) {
        walk.step(step);
        until(ground::isSettled);
      }

      for (String verb : List.of("openChannel", "setTopic", "setPurpose", "post", "pin", "edit")) {
        long calls = ground.chat().calls(verb);
        assertTrue(calls >= 2 * FEW, verb + " " + calls);
      }
      assertTrue(ground.chat().calls("tell") >= FEW);
      List<Incident> incidents = ground.store().read(tx -> tx.incidents().list(ALL));
      assertEquals(2 * FEW, incidents.size());
      assertEquals(
          Set.of(IncidentStatus.RESOLVED),
          incidents.stream().map(Incident::status).collect(Collectors.toSet()));
      assertEquals(Set.of("alert", "person"), declarers(ground));
      assertEquals(Set.of("rehearse"), Set.copyOf(asked));
      assertTrue(asked.size() >= ground.chat().calls("post"), asked.size() + " messages");
    }
  }

  @Test
  void warmUp_toItsEnd_leavesNothingAndTouchesNothing() throws Exception {
    Telemetry telemetry = new Telemetry();
    try (SqlStore real = opened(telemetry)) {
      Set<String> files = names();
      String counted = telemetry.prometheusText();

      WarmUp.Outcome outcome = ended(warmUp(() -> 0, rounds(FEW)));

      assertEquals(new WarmUp.Outcome(WarmUp.End.ROUNDS, FEW * Walk.STEPS), outcome);
      assertEquals(files, names());
      assertEquals(counted, telemetry.prometheusText());
      assertEquals(0, threads.activeCount());
      assertEquals(List.of(), real.read(tx -> tx.incidents().list(ALL)));
      assertEquals(List.of(), real.read(tx -> tx.timeline().read(Stream.JOURNAL, 0, 10, Set.of())));
      assertEquals(Optional.empty(), real.read(tx -> tx.note("token-key")));
    }
  }

  @Test
  void warmUp_whileSomethingArrives_standsBackAndThenGoesOn() throws Exception {
    AtomicLong arrived = new AtomicLong();
    AtomicLong looks = new AtomicLong();
    // Something has come at each of the first looks.
    LongSupplier arrivals = () -> looks.incrementAndGet() <= 5 ? arrived.incrementAndGet() : -1;
    WarmUp.Limits patient = new WarmUp.Limits(1, LONG, LONG, Duration.ofMillis(1));

    WarmUp.Outcome outcome = ended(warmUp(arrivals, patient));

    assertEquals(new WarmUp.Outcome(WarmUp.End.ROUNDS, Walk.STEPS), outcome);
    assertTrue(looks.get() > 5 + Walk.STEPS, looks + " looks");
  }

  @Test
  void warmUp_whereSomethingArrivesAllTheTime_takesNoStep() throws Exception {
    AtomicLong arrived = new AtomicLong();
    WarmUp.Limits impatient =
        new WarmUp.Limits(FEW, LONG, Duration.ofMillis(100), Duration.ofMillis(1));

    WarmUp.Outcome outcome = ended(warmUp(arrived::incrementAndGet, impatient));

    assertEquals(new WarmUp.Outcome(WarmUp.End.TIME, 0), outcome);
  }

  @Test
  void warmUp_thatTookWhatItMay_ends() throws Exception {
    AtomicLong asked = new AtomicLong();
    WarmUp.Limits limits = new WarmUp.Limits(100, Duration.ofSeconds(3), LONG, Duration.ZERO);

    WarmUp.Outcome outcome =
        ended(warmUp(() -> 0, () -> Duration.ofSeconds(asked.getAndIncrement()), limits));

    assertEquals(WarmUp.End.PROCESSOR_TIME, outcome.end());
    assertEquals(2, outcome.steps());
  }

  @Test
  void warmUp_closedOnItsWay_endsAndLeavesNothing() throws Exception {
    Semaphore steps = new Semaphore(0);
    LongSupplier arrivals =
        () -> {
          steps.release();
          return 0;
        };
    WarmUp warmUp = warmUp(arrivals, rounds(1_000_000));
    warmUp.begin();
    steps.acquire(Walk.STEPS);

    warmUp.close();

    assertEquals(WarmUp.End.CLOSED, warmUp.outcome().get(0, TimeUnit.SECONDS).end());
    assertEquals(0, threads.activeCount());
    assertFalse(Files.exists(thrownAway()));
  }

  @Test
  void warmUp_closedBeforeItBegan_neverBegins() throws Exception {
    WarmUp warmUp = warmUp(() -> 0, rounds(1));
    warmUp.close();

    warmUp.begin();

    assertEquals(0, threads.activeCount());
    assertFalse(warmUp.outcome().isDone());
  }

  @Test
  void warmUp_withoutRoomForItsStore_failsAndHarmsNothing() throws Exception {
    Path data = Files.writeString(folder.resolve("in-place-of-a-folder"), "");

    WarmUp warmUp =
        new WarmUp(
            new WarmUp.Surroundings(
                "jdbc:sqlite:" + data.resolve("muster.db"),
                InstantSource.system(),
                this::nextId,
                List.of(),
                () -> 0,
                () -> Duration.ZERO),
            rounds(1),
            task -> new Thread(threads, task, "warm-up"));

    assertEquals(new WarmUp.Outcome(WarmUp.End.FAILED, 0), ended(warmUp));
    assertEquals(0, threads.activeCount());
  }

  @Test
  void warmUp_afterOneThatWasKilled_clearsWhatItLeft() throws Exception {
    Files.createDirectories(thrownAway());
    for (String name : List.of("muster.db", "muster.db-wal", "muster.db-shm", "muster.key")) {
      Files.writeString(thrownAway().resolve(name), "half of something");
    }

    WarmUp.Outcome outcome = ended(warmUp(() -> 0, rounds(1)));

    assertEquals(WarmUp.End.ROUNDS, outcome.end());
    assertFalse(Files.exists(thrownAway()));
  }

  /** A platform that may be asked for nothing but to rehearse. */
  private static ChatPlatform noting(List<String> asked) {
    return (ChatPlatform)
        Proxy.newProxyInstance(
            ChatPlatform.class.getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, arguments) -> {
              asked.add(method.getName());
              return null;
            });
  }

  private static Set<String> declarers(WalkGround ground) {
    Set<EntryKind> declared = Set.of(EntryKind.INCIDENT_DECLARED);
    return ground.store().read(tx -> tx.incidents().list(ALL)).stream()
        .map(incident -> Stream.of(incident.id()))
        .flatMap(s -> ground.store().read(tx -> tx.timeline().read(s, 0, 10, declared)).stream())
        .map(entry -> entry.actor().type())
        .collect(Collectors.toSet());
  }

  private Set<String> names() throws IOException {
    try (java.util.stream.Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).collect(Collectors.toSet());
    }
  }

  private SqlStore opened(Telemetry telemetry) {
    StoreOpening opening = SqlStore.open(url(), InstantSource.system(), this::nextId, telemetry);
    return ((StoreOpening.Opened) opening).store();
  }

  /** Waits, bounded by the test's own patience, until something is so. */
  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
