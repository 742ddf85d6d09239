// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which bodies repeat, when the clock was wrong. */
class RecentBodiesTest {

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;

  @Test
  void storedBody_ofAClockThatWasAhead_isNotRecent() {
    Instant now = clock.instant();
    Alert alert =
        new Alert(
            new AlertKey("grafana", "a"),
            Alert.Status.FIRING,
            "disk",
            "",
            Map.of(),
            Map.of(),
            now,
            Optional.empty(),
            "",
            List.of());
    List<Alert> alerts = List.of(alert);
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"), clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      RecentBodies before = new RecentBodies();
      store.run(tx -> before.stating(tx, "grafana", alerts, "hash", now.plus(Duration.ofDays(1))));
      assertFalse(isRepeat(store, alerts, now));

      store.run(tx -> before.stating(tx, "grafana", alerts, "hash", now.plusSeconds(1)));
      assertTrue(isRepeat(store, alerts, now));
    }
  }

  private static boolean isRepeat(SqlStore store, List<Alert> alerts, Instant now) {
    return store.read(tx -> new RecentBodies().isRepeat(tx, "grafana", alerts, "hash", now));
  }
}
