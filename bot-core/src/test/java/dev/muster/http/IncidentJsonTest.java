// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An exported incident and the API tell an entry in the same words. */
final class IncidentJsonTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final IncidentId ID = new IncidentId(7);

  private static TimelineEntry entry(long seq, String text, String reason, Map<String, Object> of) {
    return new TimelineEntry(
        Stream.of(ID),
        seq,
        NOON.plusNanos(seq * 1_000),
        NOON.minusSeconds(seq),
        EntryKind.NOTE_ADDED,
        new TimelineEntry.Who("person", "web:Uada", "Ada \"the\" <first>"),
        text,
        reason,
        reason.isEmpty() ? "" : "web:C1/m1",
        of,
        "ab".repeat(32),
        "00".repeat(32));
  }

  @Test
  void entries_ofEveryShape_areThoseOfTheApiEachOnALine() throws IOException {
    Map<String, Object> deep =
        Map.of("n", 12L, "yes", true, "list", List.of(1, "two"), "map", Map.of("k", "v\n\u2028"));
    List<TimelineEntry> entries =
        List.of(
            entry(1, "", "", Map.of()),
            entry(2, "<b>\u00e4\ud83d\ude00\n", "because \u0007", Map.of("a", "b")),
            entry(3, "three", "", deep));

    String text = written(entries);

    JsonNode timeline = Answers.JSON.readTree(text).path("timeline");
    assertEquals(3, timeline.size());
    for (int i = 0; i < entries.size(); i++) {
      String wanted = Answers.JSON.writeValueAsString(WireIncidents.entry(entries.get(i)));
      assertEquals(Answers.JSON.readTree(wanted), timeline.get(i));
    }
    long lines = Arrays.stream(text.split("\n")).filter(line -> line.contains("\"seq\":")).count();
    assertEquals(3, lines, text);
    assertTrue(Answers.JSON.readTree(text).path("postmortem").isNull(), text);
  }

  private static String written(List<TimelineEntry> entries) throws IOException {
    Actor bot = new Actor.Bot();
    IncidentEvent.Declared declared =
        new IncidentEvent.Declared(
            ID, "Checkout is slow", Severity.SEV2, List.of(), false, false, Optional.empty());
    Incident incident = IncidentHistory.begin(declared, bot, NOON);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    IncidentJson document = new IncidentJson(out);
    document.begin(incident, List.of());
    for (TimelineEntry entry : entries) {
      document.entry(entry);
    }
    document.end(Optional.empty());
    return out.toString(StandardCharsets.UTF_8);
  }
}
