// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.store.AlertRecord;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are stored together: in few commits, in their order, each under its own key once. */
final class CallsTogetherTest {

  private static final int CALLS = 200;

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

  private PushedAlerts call(int number, String fingerprint, Alert.Status status) {
    Alert alert =
        new Alert(
            new AlertKey("prom", fingerprint),
            status,
            "Latency of " + fingerprint,
            "info",
            Map.of("alertname", fingerprint),
            Map.of(),
            clock.instant(),
            status == Alert.Status.FIRING ? Optional.empty() : Optional.of(clock.instant()),
            "",
            List.of());
    byte[] body = ("call " + number).getBytes(UTF_8);
    return new PushedAlerts(
        "prom", body, body, "hash " + number, List.of(alert), 0, Optional.of("key-" + number));
  }

  private List<PushedAlerts> firing(int from, int to) {
    List<PushedAlerts> calls = new ArrayList<>();
    for (int i = from; i < to; i++) {
      calls.add(call(i, "f" + i, Alert.Status.FIRING));
    }
    return calls;
  }

  private long commits() {
    return engine.telemetry().counted("muster_store_commits_total");
  }

  private AlertRecord known(String fingerprint) {
    return engine.read(tx -> tx.alerts().find(new AlertKey("prom", fingerprint))).orElseThrow();
  }

  @Test
  void calls_takenTogether_needFewCommits() {
    long before = commits();

    assertTrue(engine.acceptAll(firing(0, CALLS)));

    long needed = commits() - before;
    assertTrue(needed <= CALLS / 10, needed + " commits for " + CALLS + " calls");
    assertEquals(CALLS, engine.read(tx -> tx.alerts().list(false, "", 500)).size());
  }

  @Test
  void callsOfWhichSomeAreStored_takenAgain_areStatedOnceEach() {
    assertTrue(engine.acceptAll(firing(50, 90)));

    assertTrue(engine.acceptAll(firing(0, CALLS)));
    assertTrue(engine.acceptAll(firing(0, CALLS)));

    List<AlertRecord> all = engine.read(tx -> tx.alerts().list(false, "", 500));
    assertEquals(CALLS, all.size());
    assertEquals(List.of(), all.stream().filter(alert -> alert.statements() != 1).toList());
  }

  @Test
  void callsOfOneAlert_takenTogether_keepTheirOrder() {
    List<PushedAlerts> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i += 2) {
      calls.add(call(i, "a", Alert.Status.FIRING));
      calls.add(call(i + 1, "a", Alert.Status.RESOLVED));
    }
    calls.add(call(CALLS, "b", Alert.Status.RESOLVED));
    calls.add(call(CALLS + 1, "b", Alert.Status.FIRING));

    assertTrue(engine.acceptAll(calls));

    assertEquals(Alert.Status.RESOLVED, known("a").latest().status());
    assertEquals(CALLS, known("a").statements());
    assertEquals(Alert.Status.FIRING, known("b").latest().status());
  }

  @Test
  void callThatRepeatsAnotherOne_amongThoseTakenTogether_statesNothing() {
    List<PushedAlerts> calls = firing(0, 3);
    PushedAlerts first = calls.get(0);
    calls.add(
        new PushedAlerts(
            first.source(),
            first.fresh(),
            first.unseen(),
            first.hash(),
            first.alerts(),
            0,
            Optional.of("key-again")));

    assertTrue(engine.acceptAll(calls));

    assertEquals(1, known("f0").statements());
  }
}
