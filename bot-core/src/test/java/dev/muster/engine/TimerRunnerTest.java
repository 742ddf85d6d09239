// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.Timers.Timer;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimerRunnerTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  @TempDir Path folder;

  @Test
  void timer_thatCannotBeFired_keepsNoOtherFromItsTurn() throws InterruptedException {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            clock,
            () -> "id-" + ids.incrementAndGet(),
            new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      set(store, TimerKinds.ESCALATION, 60);
      set(store, "of a later version", 30);
      CountDownLatch rounds = new CountDownLatch(2);
      // Without desks nothing that has to do with an incident can be fired.
      TimerRunner runner =
          new TimerRunner(
              new Ground(store, clock, () -> null), null, null, null, null, rounds::countDown);
      runner.start();

      assertTrue(rounds.await(60, TimeUnit.SECONDS), "the loop did not go round");
      runner.close();

      assertTrue(store.read(tx -> tx.timers().find("of a later version", "INC-1")).isEmpty());
      assertTrue(store.read(tx -> tx.timers().find(TimerKinds.ESCALATION, "INC-1")).isPresent());
    }
  }

  @Test
  void summary_whoseTimerIsMovedOnceItWasReadAsDue_isNotLate() {
    Settings.SeverityRule hourly =
        new Settings.SeverityRule(Optional.of(Duration.ofHours(1)), Optional.empty(), "default");
    AtomicReference<Runnable> onceRead = new AtomicReference<>(() -> {});
    try (EngineHarness engine =
            new EngineHarness(
                clock, folder, new AtomicLong(1), store -> new ReadTimers(store, onceRead));
        InMemoryChatWorld world =
            new InMemoryChatWorld("chat", said -> engine.inboxOf("chat").accept(said), clock)) {
      UnaryOperator<Settings> summaries =
          IncidentRoom.asking(hourly, List.of(List.of("person:Uada")));
      engine.configure(
          before -> SettingsDraft.of(summaries.apply(before)).announcing("chat", "general").done());
      engine.start(world.platform());
      world.person("ada");
      engine.alerts("monitoring", IncidentRoom.firing("Trouble", clock.instant()));
      engine.calm();
      onceRead.set(() -> engine.clockSteps(Duration.ofHours(2)));

      engine.advance(Duration.ofHours(1));
      engine.calm();

      assertEquals(List.of(), engine.texts(IncidentRoom.ID, EntryKind.EFFECT_FAILED));
      assertEquals(1, engine.texts(IncidentRoom.ID, EntryKind.SUMMARY_POSTED).size());
    }
  }

  /** A store in which something happens once, after a summary was read as due. */
  private record ReadTimers(UnitOfWork store, AtomicReference<Runnable> onceRead)
      implements UnitOfWork {

    @Override
    public <T> T read(Function<Tx, T> reading) {
      T result = store.read(reading);
      if (result instanceof List<?> all && all.stream().anyMatch(each -> isSummary(each))) {
        onceRead.getAndSet(() -> {}).run();
      }
      return result;
    }

    private static boolean isSummary(Object each) {
      return each instanceof Timer timer && timer.kind().equals(TimerKinds.SUMMARY);
    }

    @Override
    public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
      return store.submit(work);
    }

    @Override
    public <T> T run(Function<Tx, T> work) {
      return store.run(work);
    }

    @Override
    public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
      return store.run(work, instead);
    }
  }

  private void set(SqlStore store, String kind, long secondsAgo) {
    store.run(
        tx -> {
          tx.timers()
              .set(
                  new Timer(
                      kind,
                      "INC-1",
                      Optional.empty(),
                      clock.instant().minus(Duration.ofSeconds(secondsAgo)),
                      Map.of()));
          return null;
        });
  }
}
