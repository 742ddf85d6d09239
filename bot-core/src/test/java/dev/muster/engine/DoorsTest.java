// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.chat.Answer;
import dev.muster.store.Inbound;
import dev.muster.store.Inbox;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body of alerts is handled as it is stored, kept when that fails, and known when it repeats. */
class DoorsTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> handled = new ArrayList<>();
  private final Telemetry counts = telemetry();
  private Runnable onTurn = () -> {};
  private boolean broken;
  private SqlStore store;
  private Doors doors;
  @TempDir Path folder;

  @BeforeEach
  void open() {
    StoreOpening opening =
        SqlStore.open("jdbc:sqlite:" + folder.resolve("muster.db"), clock, this::id, telemetry());
    store = ((StoreOpening.Opened) opening).store();
    doors = started();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String id() {
    return "id-" + ids.incrementAndGet();
  }

  private static Telemetry telemetry() {
    return new Telemetry();
  }

  /** As after a start: nothing is remembered but what is stored. */
  private Doors started() {
    InboxPump pump =
        new InboxPump(
            store, clock, () -> null, (m, body) -> handle(body), () -> {}, null, telemetry());
    return new Doors(new Queue(), clock, this::id, pump, counts);
  }

  /** Runs something as a unit of work gets its turn, which may be long after it came. */
  private final class Queue implements UnitOfWork {
    @Override
    public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
      return store.submit(work);
    }

    @Override
    public <T> T run(Function<Tx, T> work) {
      onTurn.run();
      return store.run(work);
    }

    @Override
    public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
      onTurn.run();
      return store.run(work, instead);
    }

    @Override
    public <T> T read(Function<Tx, T> reading) {
      return store.read(reading);
    }
  }

  private Answer handle(Inbound body) {
    if (broken) {
      throw new IllegalStateException("on purpose");
    }
    ((Inbound.Alerts) body).alerts().forEach(alert -> handled.add(alert.key().fingerprint()));
    return new Answer.Accepted();
  }

  /** Returns whether the body was taken for a repeat. */
  private boolean repeats(String... fingerprints) {
    List<Alert> alerts = Arrays.stream(fingerprints).map(this::alert).toList();
    String hash = String.join("-", fingerprints);
    AlertReceipt receipt = doors.accept("prom", body((byte) 1), hash, alerts, 0);
    return ((AlertReceipt.Stored) receipt).duplicate();
  }

  private static RawBody body(byte... bytes) {
    return new RawBody(bytes, bytes);
  }

  private Alert alert(String fingerprint) {
    return new Alert(
        new AlertKey("prom", fingerprint),
        Alert.Status.FIRING,
        "Latency",
        "critical",
        Map.of(),
        Map.of(),
        clock.instant(),
        Optional.empty(),
        "",
        List.of());
  }

  @Test
  void body_isHandledBeforeTheAnswer_andNeverAgain() {
    assertFalse(repeats("a", "b"));

    assertEquals(List.of("a", "b"), handled);
    assertEquals(0L, (long) store.read(tx -> tx.inbox().backlog()));
  }

  @Test
  void body_whoseHandlingThrows_isStoredAndWaits() {
    broken = true;

    assertFalse(repeats("a"));

    List<Inbox.Waiting> waiting = store.read(tx -> tx.inbox().waiting(clock.instant(), 10));
    assertEquals(1, waiting.size());
    Inbound.Alerts body = (Inbound.Alerts) waiting.get(0).body().orElseThrow();
    assertEquals(List.of(alert("a")), body.alerts());
    assertTrue(repeats("a"), "it is stored, so it need not come again");
  }

  /** The writer never looks for secrets: when it comes to a body there is nothing left to find. */
  @Test
  void body_withASecret_isLookedAtBeforeTheWriterAndCountedOnce() {
    byte[] raw = "{\"x\": \"password=hunter22\"}".getBytes(StandardCharsets.UTF_8);
    onTurn = () -> Arrays.fill(raw, (byte) 'x');
    broken = true;

    doors.accept("prom", body(raw), "hash", List.of(alert("a")), 0);
    doors.accept("prom", body(raw), "hash", List.of(alert("a")), 0);

    assertEquals(1, counts.counted("muster_secrets_redacted_total", "kind", "password"));
  }

  @Test
  void body_thatComesTwice_repeatsUnlessItsAlertsWereStatedBetween() {
    repeats("a", "b");
    repeats("c");
    assertTrue(repeats("a", "b"), "nobody has stated a or b since");

    repeats("b");
    assertFalse(repeats("a", "b"), "b was stated since");
    assertEquals(List.of("a", "b", "c", "b", "a", "b"), handled);
  }

  @Test
  void body_minutesLater_isNews() {
    repeats("a");
    clock.advance(Duration.ofMinutes(6));

    assertFalse(repeats("a"));
  }

  @Test
  void body_afterARestart_repeatsOnlyIfItWasTheLast() {
    repeats("a");
    doors = started();
    assertTrue(repeats("a"));

    repeats("b");
    doors = started();
    assertFalse(repeats("a"), "b's body may have been followed by anything");
  }
}
