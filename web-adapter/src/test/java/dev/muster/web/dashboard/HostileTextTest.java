// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.web.dashboard.PageWorld.Sketch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people and machines write, pages show it and it does nothing. */
class HostileTextTest {

  private static final List<String> PAYLOADS =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "'><svg/onload=alert(1)>",
          "</title></textarea></script><script>alert(1)</script>",
          "<!--><iframe src=javascript:alert(1)>",
          "javascript:alert(1)",
          "{{constructor.constructor('alert(1)')()}}",
          "&lt;script&gt;alert(1)&lt;/script&gt;",
          "invoice\u202Etxt.exe",
          "a\u0000b\u001B[31m",
          "\uD83D half",
          "`${alert(1)}`");

  @TempDir Path folder;

  @Test
  void everyPage_payloadsInEveryText_holdsOnlyOurMarkup() {
    try (PageWorld world = new PageWorld(folder)) {
      for (String payload : PAYLOADS) {
        IncidentId id = plant(world, payload);
        String asked = URLEncoder.encode(payload, StandardCharsets.UTF_8);
        for (String page : pages(id, asked)) {
          Markup.check(world.page(page), page);
        }
      }
    }
  }

  private static List<String> pages(IncidentId id, String asked) {
    return List.of(
        "/",
        "/incidents?q=" + asked + "&status=" + asked + "&cursor=" + asked + "&as=" + asked,
        "/incidents/" + id,
        "/incidents/" + id + "?kind=" + asked + "&after=" + asked,
        "/incidents/" + id + "/postmortem",
        "/incidents/%3Cscript%3E",
        "/board",
        "/status");
  }

  private static IncidentId plant(PageWorld world, String payload) {
    Person person = new Person(new UserRef("web", "x"), payload);
    Sketch sketch = Sketch.of(payload, Severity.SEV2);
    IncidentId id = world.declare(sketch, person, payload, payload);
    world.declare(sketch.at(IncidentStatus.CLOSED), person, payload, payload);
    world.attach(id, payload, payload, Map.of("job", payload, "x" + payload, "y"));
    world.append(id, Stream.of(EntryKind.values()).map(kind -> fact(kind, person)).toList());
    world.append(id, List.of(fact(EntryKind.POSTMORTEM_EDITED, person).about("summary")));
    return id;
  }

  private static NewEntry fact(EntryKind kind, Person by) {
    String payload = by.name();
    Instant at = Instant.parse("2026-11-20T11:00:00Z");
    return NewEntry.of(at, kind, new Actor.Human(by), "factor: " + payload)
        .because(payload)
        .about(payload)
        .with(
            Map.of(
                "url", payload, "name", payload, "to", payload, "field", "impact", "text", payload,
                "number", 1, "of", 1));
  }

  @Test
  void message_40000Characters_isFoldedAndCut() {
    try (PageWorld world = new PageWorld(folder)) {
      IncidentId id = world.declare(Sketch.of("long", Severity.SEV4));
      world.say(id, EntryKind.MESSAGE_LOGGED, "🔥<".repeat(13_334), Map.of());

      String page = world.page("/incidents/" + id);

      assertTrue(page.contains("All 26668 characters"), "says how long it is");
      assertTrue(page.contains("/timeline?after=1&amp;limit=1"), "leads to the whole");
      assertTrue(page.length() < 60_000, "stays small: " + page.length());
      Markup.check(page, "/incidents/" + id);
    }
  }

  @Test
  void title_40000Characters_breaksNothing() {
    try (PageWorld world = new PageWorld(folder)) {
      IncidentId id = world.declare(Sketch.of("x".repeat(40_000), Severity.SEV4));

      for (String page : List.of("/", "/incidents", "/incidents/" + id, "/board", "/status")) {
        Markup.check(world.page(page), page);
      }
    }
  }
}
