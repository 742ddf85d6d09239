// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.app.BotHttp.Answered;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Declaring by form and without, twice by one person, at once by two, and pressing twice. */
@TestInstance(Lifecycle.PER_CLASS)
final class DeclareTest {

  private BotHarness bot;
  private BotHttp http;

  @BeforeAll
  void start(@TempDir Path folder) {
    bot = BotHarness.start(folder, ManualClock.atNoon(), "");
    http = bot.http();
  }

  @AfterAll
  void stop() {
    bot.close();
  }

  @BeforeEach
  void letTimePass() {
    bot.advance(Duration.ofMinutes(30));
  }

  private List<String> titled(String title) {
    List<String> ids = new ArrayList<>();
    http.get("/api/v1/incidents?limit=200")
        .json()
        .path("items")
        .forEach(
            item -> {
              if (item.path("title").asText().equals(title)) {
                ids.add(item.path("id").asText());
              }
            });
    return ids;
  }

  @Test
  void form_emptyThenFilled_declares() {
    JsonNode card = http.ask("ada", "general", "/incident declare the form works");
    JsonNode form = card.path("card").path("form");
    assertEquals("the form works", form.path("fields").get(0).path("initial").asText());
    String token = form.path("token").asText();

    Answered empty = http.submit("ada", token, Map.of("title", " "));
    assertEquals(422, empty.status());
    assertEquals("form", empty.error());
    assertTrue(empty.json().path("fields").path("title").isTextual(), empty.body());

    Map<String, String> values = Map.of("title", "the form works", "severity", "SEV1");
    Answered filled = http.submit("ada", token, values);
    assertEquals(200, filled.status(), filled.body());
    assertTrue(filled.json().path("ok").asBoolean());
    assertEquals(1, titled("the form works").size());
    JsonNode incident = http.incident(titled("the form works").get(0), "ada");
    assertEquals("SEV1", incident.path("severity").asText());
    assertEquals("ada", incident.path("commander").path("id").asText());

    http.submit("ada", token, values);
    bot.settle();
    assertEquals(1, titled("the form works").size());
  }

  @Test
  void samePerson_sameWordsWithinThreeSeconds_isTheSameIncident() {
    String first =
        http.ask("ada", "general", "/incident declare! same breath").path("text").asText();
    String second =
        http.ask("ada", "general", "/incident declare! same breath").path("text").asText();

    assertEquals(1, titled("same breath").size());
    assertTrue(first.contains(titled("same breath").get(0)), first);
    assertTrue(second.contains(titled("same breath").get(0)), second);
  }

  @Test
  void samePerson_sameWordsLater_isAnotherIncident() {
    http.ask("ada", "general", "/incident declare! again and again");
    bot.advance(Duration.ofSeconds(4));
    http.ask("ada", "general", "/incident declare! again and again");

    assertEquals(2, titled("again and again").size());
  }

  @Test
  void twoPeople_theSame_areToldOfEachOther() {
    http.ask("ada", "general", "/incident declare! checkout is down for all");
    JsonNode asked = http.ask("li", "general", "/incident declare! checkout is down for all");
    List<String> one = titled("checkout is down for all");
    assertEquals(1, one.size());
    assertTrue(BotHttp.words(asked).contains(one.get(0)), BotHttp.words(asked));
    assertEquals("li", asked.path("visibleTo").asText());

    http.press("li", "general", "join");
    http.until(
        "li is in",
        () ->
            http.entries(one.get(0), "li", "member_added").stream()
                .anyMatch(entry -> entry.path("text").asText().contains("li")));
    String token = http.button("li", "general", "declare").path("token").asText();
    http.pressToken("li", token);
    http.until("declared anyway", () -> titled("checkout is down for all").size() == 2);
    String again = http.pressToken("li", token);
    String answer = http.told("li", "general", again).path("text").asText();
    assertTrue(answer.contains("already"), answer);
    assertEquals(2, titled("checkout is down for all").size());
  }

  @Test
  void severityWord_last_isTheSeverity() {
    http.ask("ada", "general", "/incident declare! printers burn SEV1");

    JsonNode incident = http.incident(titled("printers burn").get(0), "ada");
    assertEquals("SEV1", incident.path("severity").asText());
  }

  @Test
  void button_unknownOrForged_doesNothing() {
    Answered answered = http.post("/api/v1/chat/presses", Map.of("user", "eve", "token", "forged"));

    if (answered.status() == 202) {
      String told = http.told("eve", "general", answered.id()).path("text").asText();
      assertTrue(told.contains("no longer valid"), told);
    } else {
      assertEquals(404, answered.status(), answered.body());
    }
  }

  @Test
  void form_unknownOrOfSomebodyElse_isRefusedInItsFields() {
    JsonNode card = http.ask("ada", "general", "/incident declare the form of ada");
    String adas = card.path("card").path("form").path("token").asText();

    Answered forged = http.submit("eve", "forged", Map.of("title", "forged"));
    Answered borrowed = http.submit("eve", adas, Map.of("title", "borrowed"));

    assertEquals(422, forged.status(), forged.body());
    assertEquals("form", forged.error());
    assertTrue(forged.json().path("fields").path("form").asText().contains("no longer valid"));
    assertEquals(404, borrowed.status(), borrowed.body());
    assertEquals(List.of(), titled("forged"));
    assertEquals(List.of(), titled("borrowed"));
  }

  @Test
  void takeCommand_pressedByTwo_isDecidedOnce() {
    http.ask("ada", "general", "/incident declare! vacant seat");
    String id = titled("vacant seat").get(0);
    String room = http.channelOf(id, "ada");
    http.say("ada", room, "/incident commander nobody");
    String token = http.button("li", room, "take_command").path("token").asText();
    http.pressToken("li", token);
    http.until(
        "li commands",
        () -> http.incident(id, "li").path("commander").path("id").asText().equals("li"));
    String late = http.pressToken("sam", token);

    String told = http.told("sam", room, late).path("text").asText();
    assertTrue(told.contains("li"), told);
    assertEquals("li", http.incident(id, "li").path("commander").path("id").asText());
  }

  @Test
  void idempotencyKey_repeated_saysItOnce() {
    Map<String, String> body =
        Map.of("user", "ada", "channel", "general", "text", "/incident declare! keyed once");
    Answered first = http.post("/api/v1/chat/messages", body, "Idempotency-Key", "k-1");
    Answered second = http.post("/api/v1/chat/messages", body, "Idempotency-Key", "k-1");
    bot.settle();

    assertEquals(first.id(), second.id());
    assertEquals(1, titled("keyed once").size());
  }
}
