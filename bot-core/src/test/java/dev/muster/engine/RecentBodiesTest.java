// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which bodies repeat. */
class RecentBodiesTest {

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;

  @Test
  void storedBody_ofAClockThatWasAhead_isNotRecent() {
    Instant now = clock.instant();
    List<Alert> alerts = List.of(alert("a"));
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

  /** Whatever comes in between, a body is the last one that stated each of its alerts, or news. */
  @Test
  void bodies_inAnyOrder_repeatWhenNothingOfThemWasStatedSince() {
    Random random = new Random(3);
    List<List<Alert>> said = new ArrayList<>();
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"), clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      Told told = new Told(store);
      for (int i = 0; i < 300; i++) {
        boolean old = !said.isEmpty() && random.nextInt(3) > 0;
        List<Alert> body = old ? said.get(random.nextInt(said.size())) : some(random);
        said.add(body);
        told.tell(body, random.nextInt(10) > 0);
      }
      assertTrue(told.repeats > 20, told.repeats + " repeats");
    }
  }

  /** Bodies told one after the other, and which was the last to state each alert. */
  private final class Told {
    private final SqlStore store;
    private final RecentBodies bodies = new RecentBodies();
    private final Map<AlertKey, String> last = new HashMap<>();
    private int repeats;

    private Told(SqlStore store) {
      this.store = store;
    }

    private void tell(List<Alert> body, boolean durable) {
      Instant now = clock.instant();
      String hash = "hash of " + body;
      boolean repeat = body.stream().allMatch(each -> hash.equals(last.get(each.key())));
      assertEquals(repeat, bodies.isKnown(body, hash, now), hash);
      if (repeat) {
        repeats++;
        return;
      }
      long place = store.run(tx -> bodies.stating(tx, "grafana", body, hash, now));
      body.forEach(each -> last.put(each.key(), durable ? hash : ""));
      if (durable) {
        bodies.stored(place, hash);
      }
    }
  }

  @Test
  void body_behindMoreStatementsThanAreRemembered_isNews() {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"), clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      RecentBodies bodies = new RecentBodies();
      Instant now = clock.instant();
      List<Alert> first = List.of(alert("first"));
      long place = store.run(tx -> bodies.stating(tx, "grafana", first, "hash", now));
      bodies.stored(place, "hash");
      List<Alert> many = IntStream.range(0, 10_000).mapToObj(i -> alert("x" + i)).toList();
      store.run(tx -> bodies.stating(tx, "grafana", many, "one", now));
      assertTrue(bodies.isKnown(first, "hash", now));

      store.run(tx -> bodies.stating(tx, "grafana", many, "two", now));

      assertFalse(bodies.isKnown(first, "hash", now));
    }
  }

  private List<Alert> some(Random random) {
    return random
        .ints(1 + random.nextInt(3), 0, 40)
        .mapToObj(number -> alert("f" + number))
        .toList();
  }

  private Alert alert(String fingerprint) {
    return new Alert(
        new AlertKey("grafana", fingerprint),
        Alert.Status.FIRING,
        "disk",
        "",
        Map.of(),
        Map.of(),
        clock.instant(),
        Optional.empty(),
        "",
        List.of());
  }

  private static boolean isRepeat(SqlStore store, List<Alert> alerts, Instant now) {
    return store.read(
        tx -> new RecentBodies().isRepeat(tx, "grafana", alerts, "hash", now, Map.of()));
  }
}
