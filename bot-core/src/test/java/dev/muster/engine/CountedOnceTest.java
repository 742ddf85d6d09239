// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.chat.Person;
import dev.muster.http.alert.AlertMessagePatterns;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done once more, because what shared its commit was undone, is counted once. */
final class CountedOnceTest {

  private static final String CHAT = "chat";

  @TempDir private Path folder;
  private final AtomicInteger undone = new AtomicInteger();

  /** Carries out each unit twice and undoes the first time, as when another one throws. */
  private final class Twice implements UnitOfWork {
    private final UnitOfWork store;

    private Twice(UnitOfWork store) {
      this.store = store;
    }

    private void undo(Function<Tx, ?> work) {
      Undone end = new Undone();
      try {
        store.run(
            tx -> {
              work.apply(tx);
              throw end;
            });
      } catch (Undone e) {
        undone.incrementAndGet();
      }
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
      undo(work);
      return store.run(work, instead);
    }

    @Override
    public <T> T read(Function<Tx, T> reading) {
      return store.read(reading);
    }
  }

  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void messageOfAnAlertChannel_handledTwiceBecauseItWasUndone_countsOnce() {
    ManualClock clock = ManualClock.atNoon();
    AtomicLong ids = new AtomicLong(clock.instant().toEpochMilli() * 1_000);
    try (EngineHarness engine = new EngineHarness(clock, folder, ids, Twice::new)) {
      InMemoryChatWorld world = new InMemoryChatWorld(CHAT, engine.inboxOf(CHAT), clock);
      engine.configure(
          before ->
              SettingsDraft.of(before)
                  .platforms(CHAT)
                  .alertChannels(
                      Map.of(CHAT, Set.of("#general")),
                      Map.of(CHAT, new AlertMessagePatterns(List.of(), List.of())))
                  .done());
      engine.start(world.platform());
      Person ada = world.person("ada");

      world.types(ada, world.meetingPlace().channel(), Optional.empty(), "who looks at this?");
      engine.settle();
      engine.until(
          "the message is counted",
          () -> engine.telemetry().counted("muster_alert_messages_total", "outcome", "talk") > 0);

      assertEquals(1, undone.get());
      assertEquals(1, engine.telemetry().counted("muster_alert_messages_total", "outcome", "talk"));
    }
  }

  @Test
  void alerts_handledTwiceBecauseTheyWereUndone_countOnce() {
    ManualClock clock = ManualClock.atNoon();
    AtomicLong ids = new AtomicLong(clock.instant().toEpochMilli() * 1_000);
    try (EngineHarness engine = new EngineHarness(clock, folder, ids, Twice::new)) {
      engine.alerts("prom", alert("a"));
      engine.alerts("prom", alert("a"), alert("b"));
      engine.until("the last are counted", () -> counted(engine, "repeated") > 0);

      assertEquals(2, undone.get());
      assertEquals(1, counted(engine, "repeated"));
      assertEquals(2, counted(engine, "no_rule"));
    }
  }

  private static long counted(EngineHarness engine, String verdict) {
    return engine.telemetry().counted("muster_alerts_total", "verdict", verdict);
  }

  private static Alert alert(String fingerprint) {
    return new Alert(
        new AlertKey("prom", fingerprint),
        Alert.Status.FIRING,
        "Latency of " + fingerprint,
        "info",
        Map.of("alertname", fingerprint),
        Map.of(),
        ManualClock.atNoon().instant(),
        Optional.empty(),
        "",
        List.of());
  }
}
