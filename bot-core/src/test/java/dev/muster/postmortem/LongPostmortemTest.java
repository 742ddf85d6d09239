// SPDX-License-Identifier: Apache-2.0
package dev.muster.postmortem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The postmortem of an incident in which very much was written down. */
final class LongPostmortemTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final IncidentId ID = new IncidentId(1);

  private static Incident incident() {
    IncidentEvent.Declared declared =
        new IncidentEvent.Declared(
            ID, "Checkout is slow", Severity.SEV2, List.of(), false, false, Optional.empty());
    return IncidentHistory.begin(declared, new Actor.Bot(), NOON);
  }

  private static Postmortem drafted(List<TimelineEntry> entries) {
    return Postmortem.of(incident(), entries, NOON);
  }

  private static TimelineEntry note(long seq, Instant at, String text) {
    return new TimelineEntry(
        Stream.of(ID),
        seq,
        at,
        at,
        EntryKind.NOTE_ADDED,
        new TimelineEntry.Who("person", "web:ada", "Ada"),
        text,
        "",
        "",
        Map.of(),
        "",
        "");
  }

  private static Postmortem.Part timeline(Postmortem postmortem) {
    return postmortem.sections().stream()
        .filter(part -> part.id().equals("timeline"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void words_thatAreCutWithinAnEmoji_endBeforeIt() {
    String begin = "a".repeat(399);

    assertEquals("“" + begin + "…”", Narration.quote(begin + "\uD83D\uDE00 and more"));
    assertEquals("“" + begin + "b…”", Narration.quote(begin + "b\uD83D\uDE00"));
  }

  @Test
  void timeline_longerThanIsShown_countsTheRestAndWhatWasSaidTwiceAtOnceOnlyOnce() {
    List<TimelineEntry> entries = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Instant at = NOON.plusSeconds(i);
      entries.add(note(4 * i + 1, at, "it is slow"));
      entries.add(note(4 * i + 2, at, "it is down " + i));
      entries.add(note(4 * i + 3, at, "it is slow"));
      entries.add(note(4 * i + 4, at, " "));
    }

    Postmortem.Part timeline = timeline(drafted(entries));

    assertEquals(200, timeline.statements().size());
    assertEquals(List.of(4 * 99 + 2L), timeline.statements().get(199).entries());
    assertEquals(Optional.of("And 100 more; see the whole timeline."), timeline.missing());
  }

  @Test
  void words_areQuotedOnOneLineAndCutWhenTheyAreLong() {
    assertEquals("“a b\u2003c”", Narration.quote(" \n a \t\r\n b\u2003c\u2003 "));
    assertEquals("“" + "x".repeat(400) + "”", Narration.quote("x".repeat(400) + "  "));
    assertEquals("“" + "x".repeat(400) + "…”", Narration.quote("x".repeat(400) + "  y"));
    assertEquals("“" + "x".repeat(399) + " …”", Narration.quote("x".repeat(399) + "  yz"));
    assertEquals("“”", Narration.quote(" "));
  }

  @Test
  void tags_areKnownInAnyCase() {
    Postmortem draft = drafted(List.of(note(1, NOON, "it"), note(2, NOON, "FaCtor: the cache")));

    assertTrue(
        draft.sections().stream()
            .filter(part -> part.id().equals("factors"))
            .flatMap(part -> part.statements().stream())
            .anyMatch(said -> said.text().equals("“the cache”")));
  }

  @Test
  void longNotes_takeLessMemoryThanACopyOfThem() {
    int notes = 1_000;
    String text = "Slow. ".repeat(3_000).strip();
    List<TimelineEntry> entries = new ArrayList<>();
    for (int i = 0; i < notes; i++) {
      entries.add(note(i + 1, NOON.plusSeconds(i), text));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();

    long before = threads.getThreadAllocatedBytes(thread);
    Postmortem draft = drafted(entries);
    long taken = threads.getThreadAllocatedBytes(thread) - before;

    assertEquals(Optional.of("And 800 more; see the whole timeline."), timeline(draft).missing());
    assertTrue(taken < (long) notes * text.length(), taken + " bytes");
  }

  @Test
  void notes_thatTogetherExceedTheMemory_areToldAndNotKept() {
    String tail = "x".repeat(1 << 20);
    long notes = Runtime.getRuntime().maxMemory() / tail.length() + 10;
    Incident incident = incident();

    Postmortem draft =
        Postmortem.of(
            incident,
            List.of(),
            each -> {
              for (int i = 1; i <= notes; i++) {
                String tag = i % 100 == 0 ? "factor: " : "";
                each.accept(note(i, NOON.minusSeconds(i), tag + i + tail));
              }
            },
            NOON);

    long over = notes - 200;
    assertEquals(
        Optional.of("And " + over + " more; see the whole timeline."), timeline(draft).missing());
    assertEquals(List.of(notes), timeline(draft).statements().get(0).entries());
  }
}
