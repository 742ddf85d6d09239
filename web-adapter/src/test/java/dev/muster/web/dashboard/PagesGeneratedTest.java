// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.web.dashboard.PageWorld.Sketch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is stored and whatever an address asks for, pages answer, with our markup alone. */
class PagesGeneratedTest {

  private static final List<String> PAGES =
      List.of("/", "/board", "/status", "/incidents", "/incidents/ID", "/incidents/ID/postmortem");
  private static final List<String> NAMES =
      List.of("q", "status", "severity", "cursor", "kind", "after", "before", "limit", "as");
  private static final List<String> VALUES =
      List.of("open", "SEV2", "INC-1", "note_added", "0", "1", "50", "ada", "checkout");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder;

  @Test
  void pages_someGenerated_areOurMarkupAlone() {
    GeneratedCases.some("pages", 15, this::look);
  }

  @Test
  @Tag("proof")
  void pages_generatedForLong_areOurMarkupAlone() {
    GeneratedCases.forLong("pages", 611_204_118_903L, 120, this::look);
  }

  private void look(Garble garble) {
    try (PageWorld world = new PageWorld(folder)) {
      IncidentId id = plant(world, garble);
      for (String page : PAGES) {
        String path = page.replace("ID", garble.onceIn(8) ? encoded(text(garble)) : id.toString());
        String target = path + query(garble);
        RouteAnswer.Bytes answer = world.get(target);
        assertTrue(answer.status() >= 200 && answer.status() < 500, answer.status() + " " + target);
        Markup.check(new String(answer.body(), StandardCharsets.UTF_8), target);
      }
    }
  }

  private static String text(Garble garble) {
    return switch (garble.below(4)) {
      case 0 -> garble.hostile();
      case 1 -> garble.spoiled("Checkout answers 500: see https://a.example/d?q=1#x (page 2)");
      case 2 -> garble.spoiled("# Head\n- **all** of `it`\n> [link](https://a.example) <b>");
      default -> garble.hostile() + garble.hostile() + garble.hostile();
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String query(Garble garble) {
    StringBuilder query = new StringBuilder("?");
    for (int i = garble.below(4); i > 0; i--) {
      String name = garble.onceIn(9) ? encoded(garble.hostile()) : garble.oneOf(NAMES);
      String value = garble.onceIn(3) ? garble.oneOf(VALUES) : text(garble);
      query.append(name).append('=').append(encoded(value)).append('&');
    }
    return query.toString();
  }

  private static IncidentId plant(PageWorld world, Garble garble) {
    Person person = new Person(new UserRef("web", "x"), text(garble));
    Sketch open = Sketch.of(text(garble), garble.oneOf(List.of(Severity.values())));
    world.declare(open.at(IncidentStatus.CLOSED), person, text(garble), text(garble));
    IncidentId id = world.declare(open, person, text(garble), text(garble));
    world.attach(
        id, text(garble), text(garble), Map.of("job", text(garble), "x" + text(garble), "y"));
    world.append(id, IntStream.range(0, 12).mapToObj(number -> fact(garble, person)).toList());
    return id;
  }

  private static NewEntry fact(Garble garble, Person by) {
    EntryKind kind = garble.oneOf(List.of(EntryKind.values()));
    Map<String, Object> details = new LinkedHashMap<>();
    for (String name : List.of("url", "name", "to", "field", "text", "status", "severity")) {
      if (!garble.onceIn(3)) {
        details.put(name, text(garble));
      }
    }
    return NewEntry.of(NOON, kind, new Actor.Human(by), text(garble))
        .because(text(garble))
        .about(garble.onceIn(3) ? "summary" : text(garble))
        .with(details);
  }
}
