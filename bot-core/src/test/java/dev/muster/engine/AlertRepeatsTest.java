// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.alert.AlertRule;
import dev.muster.store.AlertRecord;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each statement counts once, in whatever company it comes, and nothing overtakes. */
class AlertRepeatsTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final Instant since = clock.instant();
  @TempDir Path folder;
  private EngineHarness engine;

  @BeforeEach
  void open() {
    engine = opened("one");
  }

  private EngineHarness opened(String name) {
    EngineHarness harness = new EngineHarness(clock, folder.resolve(name));
    harness.configure(
        before ->
            SettingsDraft.of(before).platforms("chat").alertRules(AlertRule.defaults()).done());
    return harness;
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Alert firing(String fingerprint) {
    return alert(fingerprint, Alert.Status.FIRING, since);
  }

  private Alert resolved(String fingerprint) {
    return alert(fingerprint, Alert.Status.RESOLVED, since);
  }

  private static Alert alert(String fingerprint, Alert.Status status, Instant since) {
    boolean fires = status == Alert.Status.FIRING;
    return new Alert(
        new AlertKey("prom", fingerprint),
        status,
        "Latency of " + fingerprint,
        "critical",
        Map.of("alertname", fingerprint),
        Map.of(),
        since,
        fires ? Optional.empty() : Optional.of(since),
        "",
        List.of());
  }

  private AlertRecord known(String fingerprint) {
    return engine
        .read(tx -> tx.alerts().find(new AlertKey("prom", fingerprint)))
        .orElseThrow(() -> new AssertionError(fingerprint));
  }

  private void awaitCounted(String verdict, int times) {
    engine.until(
        times + " are counted as " + verdict,
        () -> engine.telemetry().counted("muster_alerts_total", "verdict", verdict) == times);
  }

  @Test
  void repeats_amongNews_areCountedEach() {
    engine.alerts("prom", firing("a"), firing("b"));
    clock.advance(Duration.ofMinutes(1));

    engine.alerts("prom", firing("b"), firing("c"), firing("a"), firing("a"), firing("b"));

    assertEquals(3, known("a").statements());
    assertEquals(3, known("b").statements());
    assertEquals(1, known("c").statements());
    assertEquals("repeated", known("a").verdict());
    assertEquals(clock.instant(), known("a").lastAt());
    assertEquals(since, known("a").firstAt());
    awaitCounted("repeated", 4);
  }

  @Test
  void repeat_behindAnEnd_doesNotOvertakeIt() {
    engine.alerts("prom", firing("a"));
    clock.advance(Duration.ofMinutes(1));
    Alert anew = alert("a", Alert.Status.FIRING, clock.instant());

    engine.alerts("prom", firing("a"), resolved("a"), anew);

    assertEquals(4, known("a").statements());
    assertEquals(Alert.Status.FIRING, known("a").latest().status());
    assertEquals(clock.instant(), known("a").latest().startsAt());
    assertEquals("flapping", known("a").verdict());
    awaitCounted("repeated", 1);
    awaitCounted("no_longer_firing", 1);
  }

  @Test
  void anyBodies_leadToTheSame_whetherWholeOrAlertByAlert() {
    List<Alert> all = statements(400);
    for (int i = 0; i < all.size(); i += 20) {
      engine.alerts("prom", all.subList(i, i + 20));
    }
    try (EngineHarness single = opened("two")) {
      all.forEach(alert -> single.alerts("prom", List.of(alert)));
      assertEquals(seen(single), seen(engine));
      assertEquals(single.incidents(), engine.incidents());
    }
  }

  private List<Alert> statements(int count) {
    Random random = new Random(5);
    List<Alert> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String fingerprint = "f" + random.nextInt(12);
      all.add(random.nextInt(9) == 0 ? resolved(fingerprint) : firing(fingerprint));
    }
    return all;
  }

  private static List<String> seen(EngineHarness harness) {
    return harness.read(tx -> tx.alerts().list(false, "", 100)).stream()
        .map(
            record ->
                String.join(
                    " ",
                    record.latest().key().fingerprint(),
                    record.latest().status().name(),
                    record.verdict(),
                    "" + record.statements(),
                    "" + record.incident().isPresent()))
        .sorted()
        .toList();
  }
}
