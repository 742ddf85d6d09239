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
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body of alerts is handled as it is stored, kept when that fails, and known when it repeats. */
class DoorsTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> handled = new ArrayList<>();
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
    return new Doors(store, clock, this::id, pump, telemetry());
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
    AlertReceipt receipt = doors.accept("prom", new byte[] {1}, hash, alerts, 0);
    return ((AlertReceipt.Stored) receipt).duplicate();
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
