// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import dev.muster.postmortem.Postmortem;
import dev.muster.store.PostmortemFacts;
import dev.muster.store.Tx;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A postmortem of the facts it needs is the one of all facts. */
class PostmortemFactsTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final IncidentId ID = new IncidentId(1);
  private static final Actor ANA = new Actor.Human(new Person(new UserRef("web", "u-ana"), "Ana"));

  @TempDir Path folder;

  private static Incident incident() {
    IncidentEvent.Declared declared =
        new IncidentEvent.Declared(
            ID, "Slow", Severity.SEV2, List.of(), false, false, Optional.empty());
    return IncidentHistory.begin(declared, ANA, NOON);
  }

  private static void say(Tx tx, int second, EntryKind kind, String text, String ref) {
    Instant at = NOON.plusSeconds(second);
    Map<String, Object> data =
        Map.of(
            "number",
            second % 3,
            "text",
            text,
            "role",
            "scribe",
            "user",
            "web:u-ana",
            "step",
            1,
            "platform",
            "web",
            "channel",
            "c-1",
            "what",
            "task",
            "field",
            "impact",
            "to",
            text);
    NewEntry entry = new NewEntry(at, kind, ANA, text, "because", ref, data);
    tx.timeline().append(Stream.of(ID), entry, at);
  }

  /** Every kind twice, then messages of which one is highlighted, rewritten and taken up later. */
  private static boolean write(Tx tx) {
    tx.incidents().save(incident());
    int second = 0;
    for (int round = 0; round < 2; round++) {
      for (EntryKind kind : EntryKind.values()) {
        second++;
        say(tx, second, kind, kind.word() + " " + second, "m-" + second);
      }
    }
    // More than are read at once, said against the order of their times.
    for (int i = 0; i < 1_200; i++) {
      say(
          tx,
          3_000 - i / 2,
          EntryKind.NOTE_ADDED,
          (i % 400 == 0 ? "Factor: " : "note ") + i % 3,
          "");
    }
    say(tx, 1_000, EntryKind.MESSAGE_LOGGED, "first words", "m-x");
    say(tx, 1_001, EntryKind.MESSAGE_LOGGED, "other words", "m-y");
    say(tx, 1_002, EntryKind.HIGHLIGHTED, "first words", "m-x");
    say(tx, 1_003, EntryKind.HIGHLIGHTED, "other words", "m-y");
    say(tx, 1_004, EntryKind.MESSAGE_REVISED, "second words", "m-x");
    say(tx, 1_005, EntryKind.MESSAGE_REMOVED, "", "m-y");
    say(tx, 1_006, EntryKind.MESSAGE_LOGGED, "the last words", "m-z");
    return true;
  }

  private static Postmortem ofAll(Tx tx, long upto) {
    List<TimelineEntry> all =
        tx.timeline().read(Stream.of(ID), 0, 10_000, Set.of()).stream()
            .filter(entry -> entry.seq() <= upto)
            .toList();
    return Postmortem.of(incident(), all, all.get(all.size() - 1).at());
  }

  private static Postmortem ofChosen(Tx tx, long upto) {
    PostmortemFacts facts = PostmortemFacts.read(tx, ID, Postmortem.FEW, upto);
    return Postmortem.of(
        incident(),
        facts.entries(),
        each -> PostmortemFacts.each(tx, ID, Postmortem.MANY, upto, each),
        facts.asOf());
  }

  @Test
  void draft_isTheOneOfAllFacts() {
    try (SqliteWorld world = new SqliteWorld(folder)) {
      world.store().run(PostmortemFactsTest::write);
      long last = world.store().read(tx -> tx.timeline().lastSeq(Stream.of(ID)));

      for (long upto : List.of(5L, last - 700, last - 3, last - 2, last, Long.MAX_VALUE)) {
        assertEquals(
            world.store().<Postmortem>read(tx -> ofAll(tx, upto)),
            world.store().<Postmortem>read(tx -> ofChosen(tx, upto)));
      }
      String whole = world.store().read(tx -> ofAll(tx, last).toString());
      assertTrue(whole.contains("second words"), whole);
    }
  }
}
