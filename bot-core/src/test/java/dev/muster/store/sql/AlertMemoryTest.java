// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import dev.muster.incident.Severity;
import dev.muster.store.AlertPosting;
import dev.muster.store.AlertRecord;
import dev.muster.store.AlertStore;
import dev.muster.store.Tx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the writer remembers of alerts is what stands in the tables, whatever was rolled back. */
class AlertMemoryTest {

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final int KEYS = 30;
  private static final int INCIDENTS = 3;
  private static final int GROUPS = 3;
  private static final String TRACE = "name x";
  private static final long SEED = 7;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final AtomicLong ids = new AtomicLong();

  @Test
  void writer_afterAnyChangeOrRollback_knowsWhatReadersRead() {
    SqliteWorld world = new SqliteWorld(folder);
    SqlStore store = world.store();
    for (int i = 0; i < 300; i++) {
      if (random.nextInt(10) == 0) {
        assertThrows(IllegalStateException.class, () -> store.run(this::changedThenThrows));
      } else {
        store.run(this::changed);
      }
      assertEquals(store.read(AlertMemoryTest::seen), store.run(AlertMemoryTest::seen), "" + i);
    }
    world.stop();
  }

  private Integer changedThenThrows(Tx tx) {
    changed(tx);
    throw new IllegalStateException("on purpose");
  }

  private Integer changed(Tx tx) {
    for (int i = 0; i < 3; i++) {
      if (random.nextInt(12) == 0) {
        tx.alerts().move(incident(), incident());
      } else if (random.nextInt(8) == 0) {
        tx.incidents().save(stored(incident()));
      } else if (random.nextInt(10) == 0) {
        tx.alerts().declared("prom", group(), incident(), NOON);
        tx.alerts().rememberBody("prom", "body " + random.nextInt(), NOON);
      } else if (random.nextInt(20) == 0) {
        tx.alerts().find(key()).ifPresent(alert -> posted(tx, alert));
      } else if (random.nextInt(4) == 0) {
        repeat(tx);
      } else {
        AlertKey key = key();
        tx.alerts().save(stated(key, tx.alerts().find(key)));
      }
    }
    return 0;
  }

  private AlertKey key() {
    return new AlertKey("prom", "f" + random.nextInt(KEYS));
  }

  private String group() {
    return "group-" + random.nextInt(GROUPS);
  }

  private void posted(Tx tx, AlertRecord alert) {
    MessageRef message = new MessageRef(new ChannelRef("chat", "c"), "m" + random.nextInt(1_000));
    tx.postings().keepTraces(alert.id(), random.nextBoolean(), Set.of(TRACE, "url x"));
    tx.postings().keepAlias(new AlertKey("chat", alert.latest().key().fingerprint()), alert.id());
    tx.postings()
        .save(
            new AlertPosting(
                message,
                alert.id(),
                "chat",
                Optional.empty(),
                Optional.empty(),
                NOON,
                true,
                "",
                NOON,
                ""));
  }

  private Incident stored(IncidentId id) {
    return new Incident(
        id,
        "An incident",
        Severity.SEV2,
        random.nextBoolean() ? IncidentStatus.CLOSED : IncidentStatus.INVESTIGATING,
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of(Milestone.DECLARED, NOON),
        "",
        List.of(),
        false,
        false,
        Optional.empty(),
        Set.of(),
        new Incident.Declarer("source", "prom", "prom"),
        true,
        1);
  }

  /** States some known alerts again, one of them twice and some that are not taken for repeats. */
  private void repeat(Tx tx) {
    List<Alert> known =
        random
            .ints(random.nextInt(8), 0, KEYS)
            .mapToObj(i -> tx.alerts().find(new AlertKey("prom", "f" + i)))
            .flatMap(Optional::stream)
            .map(AlertRecord::latest)
            .toList();
    List<Alert> taken = new ArrayList<>();
    List<Alert> others =
        tx.alerts()
            .saveRepeats(
                known,
                (stated, before) -> {
                  boolean repeats = random.nextInt(5) > 0;
                  if (repeats) {
                    taken.add(stated);
                  }
                  return repeats ? Optional.of(again(before)) : Optional.empty();
                });
    assertEquals(known.size(), taken.size() + others.size());
  }

  private AlertRecord again(AlertRecord before) {
    return new AlertRecord(
        before.id(),
        before.latest(),
        before.incident(),
        before.groupKey(),
        random.nextBoolean() ? "repeated" : "still_firing",
        before.statements() + 1,
        before.firstAt(),
        NOON.plusSeconds(random.nextInt(1_000)),
        before.snoozedUntil());
  }

  private AlertRecord stated(AlertKey key, Optional<AlertRecord> before) {
    Optional<IncidentId> was = before.flatMap(AlertRecord::incident);
    return new AlertRecord(
        before.map(AlertRecord::id).orElseGet(() -> "alert-" + ids.incrementAndGet()),
        random.nextInt(3) == 0 || before.isEmpty() ? alert(key) : before.get().latest(),
        random.nextInt(4) == 0 ? Optional.of(incident()) : was,
        random.nextInt(4) == 0 ? group() : before.map(AlertRecord::groupKey).orElse("group-0"),
        random.nextBoolean() ? "repeated" : "flapping",
        before.map(AlertRecord::statements).orElse(0L) + 1,
        before.map(AlertRecord::firstAt).orElse(NOON),
        NOON.plusSeconds(random.nextInt(1_000)),
        Optional.empty());
  }

  private Alert alert(AlertKey key) {
    boolean fires = random.nextBoolean();
    return new Alert(
        key,
        fires ? Alert.Status.FIRING : Alert.Status.RESOLVED,
        "Latency",
        "critical",
        Map.of("alertname", "Latency"),
        Map.of("value", "" + random.nextInt(3)),
        NOON,
        fires ? Optional.empty() : Optional.of(NOON),
        "",
        List.of());
  }

  private IncidentId incident() {
    return new IncidentId(1 + random.nextInt(INCIDENTS));
  }

  /** Everything that is remembered, as this transaction sees it. */
  private static String seen(Tx tx) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      Optional<AlertRecord> alert = tx.alerts().find(new AlertKey("prom", "f" + i));
      lines.add(i + " " + alert);
      assertEquals(alert, alert.flatMap(known -> tx.alerts().byId(known.id())));
      lines.add(i + " " + tx.postings().aliasOf(new AlertKey("chat", "f" + i)));
      lines.add(i + " " + alert.map(known -> tx.postings().of(known.id(), 5)));
    }
    lines.add("traced " + tx.postings().traced(Set.of(TRACE), true, NOON.minusSeconds(9), 50));
    lines.add("traced " + tx.postings().traced(Set.of(TRACE), false, NOON.minusSeconds(9), 50));
    lines.add("body " + tx.alerts().lastBody("prom"));
    for (int i = 0; i < GROUPS; i++) {
      lines.add(i + " " + tx.alerts().incidentOfGroup("group-" + i));
    }
    LongStream.rangeClosed(1, INCIDENTS)
        .mapToObj(IncidentId::new)
        .forEach(
            incident -> {
              AlertStore.Tally tally = tx.alerts().tally(incident, 8);
              lines.add(incident + " " + tally);
              lines.add(incident + " " + tx.alerts().tally(incident, 0));
            });
    return String.join("\n", lines);
  }
}
