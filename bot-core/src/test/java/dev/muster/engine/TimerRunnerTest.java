// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.Timers.Timer;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
