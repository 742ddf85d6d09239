// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.app.BotHttp.Answered;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A private incident is there for its members; for everybody else it is not. */
@TestInstance(Lifecycle.PER_CLASS)
final class PrivateIncidentTest {

  private static final String SECRET = "wiretap";

  private BotHarness bot;
  private BotHttp http;
  private String room;

  @BeforeAll
  void declarePrivately(@TempDir Path folder) {
    bot = BotHarness.start(folder, ManualClock.atNoon(), "");
    http = bot.http();
    http.ask("ada", "general", "/incident declare! " + SECRET + " found sev2 --private");
    room = http.channelOf("INC-1", "ada");
    http.say("ada", room, "the " + SECRET + " sits in the switch");
    http.entry("INC-1", "ada", "message_logged");
    http.until(
        "its member finds it",
        () -> !http.get("/api/v1/search?q=switch&as=ada").json().path("items").isEmpty());
    bot.settle();
  }

  @AfterAll
  void stop() {
    bot.close();
  }

  @Test
  void incident_forItsMember_isThere() {
    assertEquals(200, http.get("/api/v1/incidents/INC-1?as=ada").status());
    assertTrue(http.incident("INC-1", "ada").path("private").asBoolean());
    assertTrue(http.get("/api/v1/incidents?as=ada").body().contains(SECRET));
    assertTrue(BotHttp.words(http.message("ada", room, "Private")).contains(SECRET));
  }

  @Test
  void incident_forEverybodyElse_isAnsweredLikeOneThatIsNot() {
    for (String what : List.of("", "/timeline", "/postmortem")) {
      for (String who : List.of("", "?as=eve")) {
        Answered hidden = http.get("/api/v1/incidents/INC-1" + what + who);
        Answered unknown = http.get("/api/v1/incidents/INC-777" + what + who);
        assertEquals(404, hidden.status());
        assertEquals(unknown.body(), hidden.body());
      }
    }
    Answered page = http.get("/incidents/INC-1?as=eve", "Accept", "text/html");
    Answered other = http.get("/incidents/INC-777?as=eve", "Accept", "text/html");
    assertEquals(404, page.status());
    assertEquals(other.body().replace("INC-777", "INC-1"), page.body());
  }

  @Test
  void nothing_ofIt_isFoundByOthers() {
    for (String path :
        List.of(
            "/api/v1/incidents?as=eve",
            "/api/v1/incidents",
            "/api/v1/incidents?q=" + SECRET,
            "/api/v1/search?q=" + SECRET + "&as=eve",
            "/api/v1/search?q=switch",
            "/api/v1/journal",
            "/api/v1/health",
            "/api/v1/chat/channels?as=eve",
            "/api/v1/chat/channels/incidents/messages?as=eve",
            "/api/v1/chat/channels/general/messages?as=eve",
            "/metrics",
            "/",
            "/incidents",
            "/incidents?as=eve",
            "/board",
            "/status")) {
      Answered answered = http.get(path);
      assertFalse(answered.body().contains(SECRET), path);
      assertFalse(answered.body().contains("inc-1"), path);
    }
    assertEquals(404, http.get("/api/v1/chat/channels/" + room + "/messages?as=eve").status());
  }

  @Test
  void command_ofAStranger_isAnsweredLikeForAnUnknownOne() {
    String hidden = http.ask("eve", "general", "/incident status INC-1").path("text").asText();
    String unknown = http.ask("eve", "general", "/incident status INC-777").path("text").asText();

    assertEquals(unknown.replace("INC-777", "INC-1"), hidden);
    JsonNode list = http.ask("eve", "general", "/incident list");
    assertFalse(BotHttp.words(list).contains("INC-1"));
    String joined = http.ask("eve", "general", "/incident join INC-1").path("text").asText();
    assertEquals(
        404, http.get("/api/v1/incidents/INC-1?as=eve").status(), "joined with: " + joined);
  }

  @Test
  void invited_person_becomesAMember() {
    http.say("ada", room, "/incident invite @sam");
    http.until("sam sees it", () -> http.get("/api/v1/incidents/INC-1?as=sam").status() == 200);
    http.message("sam", room, "the " + SECRET + " sits in the switch");
    http.until(
        "sam finds it",
        () -> !http.get("/api/v1/search?q=switch&as=sam").json().path("items").isEmpty());
  }
}
