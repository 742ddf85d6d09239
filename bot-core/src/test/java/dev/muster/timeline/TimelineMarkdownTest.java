// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineMarkdownTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String PAGE = "http://localhost:8080/incidents/INC-1";

  private final List<TimelineEntry> entries = new ArrayList<>();

  private void fact(EntryKind kind, String ref, String text) {
    fact(kind, ref, text, Map.of("platform", "chat", "channel", "C1"));
  }

  private void fact(EntryKind kind, String ref, String text, Map<String, Object> data) {
    long seq = entries.size() + 1;
    Instant at = NOON.plusSeconds(seq);
    TimelineEntry.Who ada = new TimelineEntry.Who("person", "chat:ada", "Ada *L*");
    entries.add(
        new TimelineEntry(
            Stream.of(new IncidentId(1)), seq, at, at, kind, ada, text, "", ref, data, "", ""));
  }

  private static Incident incident(boolean isPrivate, boolean drill) {
    return IncidentHistory.begin(
        new IncidentEvent.Declared(
            new IncidentId(1),
            "Checkout <script> `fails`",
            Severity.SEV2,
            List.of(),
            isPrivate,
            drill,
            Optional.empty()),
        new Actor.Human(new Person(new UserRef("chat", "ada"), "Ada")),
        NOON);
  }

  private String file(long upto) {
    return file(incident(false, false), upto);
  }

  /** Hands the facts over in pieces, the newest first. */
  private String file(Incident incident, long upto) {
    TimelineMarkdown file = new TimelineMarkdown(incident, upto);
    int before = entries.size();
    boolean more = true;
    while (more && before > 0) {
      int after = Math.max(0, before - 3);
      more = file.takeOlder(entries.subList(after, before));
      before = after;
    }
    return file.render(PAGE);
  }

  @Test
  void file_ofATimeline_hasALineForEachFactWithTimesInUtc() {
    fact(EntryKind.NOTE_ADDED, "", "first\nline | <b> # [x](y) <!channel>");
    fact(EntryKind.NOTE_ADDED, "", "second");
    fact(EntryKind.NOTE_ADDED, "", "too new");

    assertEquals(
        """
        # Timeline of INC-1: Checkout \\<script\\> \\`fails\\`

        Entries 1 to 2, times in UTC. Words that were erased, or that their author changed or \
        deleted afterwards, are left out. The timeline itself: http://localhost:8080/incidents/INC-1

        - #1 2026-11-20 12:00:01 · note added · Ada \\*L\\*: first line \\| \\<b\\> \\# \\[x\\](y) \
        \\<!channel\\>
        - #2 2026-11-20 12:00:02 · note added · Ada \\*L\\*: second
        """,
        file(2));
  }

  @Test
  void words_thatWereChangedOrDeletedOrErased_areLeftOut() {
    fact(EntryKind.MESSAGE_LOGGED, "M1", "the password is x");
    fact(EntryKind.MESSAGE_REVISED, "M1", "the password is y");
    fact(EntryKind.HIGHLIGHTED, "M1", "the password is y");
    fact(EntryKind.MESSAGE_REVISED, "M1", "no password");
    fact(EntryKind.MESSAGE_LOGGED, "M2", "call me names");
    fact(EntryKind.MESSAGE_REMOVED, "M2", "");
    fact(EntryKind.MESSAGE_LOGGED, "M3", "before it was erased");
    fact(EntryKind.MESSAGE_REVISED, "M3", "", Map.of());
    fact(EntryKind.MESSAGE_LOGGED, "M4", "deleted after the export was asked for");
    fact(EntryKind.MESSAGE_REMOVED, "M4", "");

    String file = file(9);

    for (String gone : List.of("password is", "names", "before it was", "after the export")) {
      assertFalse(file.contains(gone), file);
    }
    assertTrue(
        file.contains("#1 2026-11-20 12:00:01 · message logged · Ada \\*L\\* · *worded anew"));
    assertTrue(
        file.contains("#4 2026-11-20 12:00:04 · message revised · Ada \\*L\\*: no password"));
    assertTrue(file.contains("message logged · Ada \\*L\\* · *deleted by its author*"), file);
  }

  @Test
  void words_goneBeforeTheyWereTold_areLeftOutOfAnyPiece() {
    fact(EntryKind.MESSAGE_REMOVED, "M1", "");
    fact(EntryKind.MESSAGE_LOGGED, "M1", "call me names");
    TimelineMarkdown file = new TimelineMarkdown(incident(false, false), 2);

    file.learnGone(entries);
    file.takeOlder(entries.subList(1, 2));
    file.takeOlder(entries.subList(0, 1));

    assertFalse(file.render(PAGE).contains("names"), file.render(PAGE));
  }

  @Test
  void runsOfBlanksAndControls_areOneSpace() {
    StringBuilder words = new StringBuilder("\u2003 \t");
    for (char c = 0; c < 0x180; c++) {
      words.append(c).append("x").append(c).append(c);
    }
    String collapsed = words.toString().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    assertEquals(MarkdownText.line(collapsed), MarkdownText.collapsed(words.toString()));
    assertEquals("", MarkdownText.collapsed(" \u0001\u007f"));
  }

  @Test
  void file_ofMoreThanItHolds_saysWhatIsLeftOut() {
    for (int i = 0; i < TimelineMarkdown.MOST_ENTRIES + 5; i++) {
      fact(EntryKind.NOTE_ADDED, "", "note");
    }
    String file = file(entries.size());

    assertTrue(file.contains("Entries 6 to 10005, times in UTC. The file is full"), head(file));
    assertTrue(file.contains("so the 5 oldest are left out. "), head(file));
    assertEquals(
        TimelineMarkdown.MOST_ENTRIES, file.lines().filter(l -> l.startsWith("-")).count());
  }

  @Test
  void file_ofLongWords_staysUnderItsSize() {
    for (int i = 0; i < 200; i++) {
      fact(EntryKind.NOTE_ADDED, "", "ä".repeat(40_000));
    }
    String file = file(200);

    int bytes = file.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < TimelineMarkdown.MOST_BYTES + 2_000 && bytes > 5_000_000, bytes + "");
    assertTrue(file.contains(" oldest are left out. "), head(file));
  }

  private static String head(String file) {
    return file.substring(0, 400);
  }

  @Test
  void file_ofAPrivateDrill_saysSo() {
    fact(EntryKind.NOTE_ADDED, "", "x");
    String file = file(incident(true, true), 1);

    assertTrue(
        file.contains("\n\nThis was a drill.\n\nThis incident is private: only its members"));
  }
}
