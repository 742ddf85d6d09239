// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.app.BotHttp.Answered;
import dev.muster.testkit.ManualClock;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, who is not, what an alert call is answered, and taking over a change. */
@TestInstance(Lifecycle.PER_CLASS)
final class ContractAccessTest {

  private static final String CONFIG =
      """
      alerts:
        sources:
          - { name: alertmanager, kind: alertmanager, token: "let-me-in" }
          - { name: open, kind: alertmanager }
          - { name: generic, kind: generic, token: "other" }
      """;

  private static final String ALERT =
      """
      { "version": "4", "groupKey": "g", "status": "firing", "receiver": "r", "alerts": [
        { "status": "firing", "labels": { "alertname": "%s", "severity": "%s" },
          "annotations": { "summary": "%s is on fire" }, "startsAt": "2026-11-20T11:59:00Z",
          "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "", "fingerprint": "%s" } ] }
      """;

  private BotHarness bot;
  private BotHttp http;

  @BeforeAll
  void start(@TempDir Path folder) {
    bot = BotHarness.start(folder, ManualClock.atNoon(), CONFIG);
    http = bot.http();
  }

  @AfterAll
  void stop() {
    bot.close();
  }

  private static String alert(String name, String severity) {
    return ALERT.formatted(name, severity, name, name);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "127.0.0.1:8080, 200",
    "[::1], 200",
    "muster.example.com, 403",
    "localhost.example.com, 403",
    "169.254.1.1, 403"
  })
  void host_named_decides(String host, int status) {
    assertEquals(status, http.statusOf("GET", "/api/v1/incidents", "Host: " + host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example.com",
        "Origin: null",
        "Forwarded: for=10.0.0.1",
        "X-Forwarded-For: 10.0.0.1",
        "X-Forwarded-Host: muster.example.com"
      })
  void caller_fromElsewhere_isRefused(String header) {
    assertEquals(403, http.statusOf("GET", "/api/v1/incidents", "Host: localhost", header));
    assertEquals(403, http.statusOf("GET", "/chat", "Host: localhost", header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
  void post_notJson_isRefused(String type) {
    Answered answered =
        http.send(
            "POST",
            "/api/v1/chat/messages",
            HttpRequest.BodyPublishers.ofString("{}"),
            "Content-Type",
            type);

    assertEquals(415, answered.status());
    assertEquals("unsupported_media_type", answered.error());
  }

  @Test
  void alerts_unknownSourceAndWrongToken_areAnsweredTheSame() {
    Answered unknown = http.post("/alerts/nobody", alert("A", "warning"));
    Answered wrong =
        http.post("/alerts/alertmanager", alert("A", "warning"), "Authorization", "Bearer no");
    Answered without = http.post("/alerts/alertmanager", alert("A", "warning"));

    assertEquals(401, unknown.status());
    assertEquals(401, wrong.status());
    assertEquals(401, without.status());
    assertEquals(unknown.body(), wrong.body());
    assertEquals(unknown.body(), without.body());
  }

  @Test
  void alerts_withTheToken_areTakenAndARepeatIsNamed() {
    String body = alert("Repeated", "warning");
    Answered first = http.post("/alerts/alertmanager", body, "Authorization", "Bearer let-me-in");
    Answered second = http.post("/alerts/alertmanager?token=let-me-in", body);

    assertEquals(202, first.status());
    assertEquals(1, first.json().path("alerts").asInt());
    assertEquals(false, first.json().path("duplicate").asBoolean(true));
    assertTrue(first.json().path("delivery").isTextual());
    assertEquals(202, second.status());
    assertEquals(true, second.json().path("duplicate").asBoolean());
  }

  @ParameterizedTest
  @CsvSource({
    "'not json', 400, not_json",
    "'[1,2]', 400, wrong_shape",
    "'{\"alerts\":\"none\"}', 400, wrong_shape"
  })
  void alerts_unreadable_areRefused(String body, int status, String code) {
    Answered answered = http.post("/alerts/open", body);

    assertEquals(status, answered.status());
    assertEquals(code, answered.error());
  }

  @Test
  void alerts_notUtf8OrTooLarge_areRefused() {
    byte[] latin = alert("Größe", "warning").getBytes(StandardCharsets.ISO_8859_1);
    byte[] large = new byte[5 * 1024 * 1024 + 1];

    assertEquals(415, send(latin).status());
    assertEquals(413, send(large).status());
  }

  private Answered send(byte[] body) {
    return http.send(
        "POST",
        "/alerts/open",
        HttpRequest.BodyPublishers.ofByteArray(body),
        "Content-Type",
        "application/json");
  }

  @Test
  void alerts_withoutRules_onlyCriticalDeclare() {
    http.post("/alerts/open", alert("DiskFull", "warning"));
    http.post("/alerts/open", alert("Outage", "critical"));
    JsonNode outage = listed("Outage");
    String incident = outage.path("incident").asText();

    assertEquals("SEV2", http.incident(incident, "ada").path("severity").asText());
    assertTrue(http.incident(incident, "ada").path("commander").isNull());
    JsonNode disk = listed("DiskFull");
    assertTrue(disk.path("incident").isNull());
    assertEquals("firing", disk.path("status").asText());
    String one = "/api/v1/alerts/" + disk.path("id").asText();
    assertEquals(disk, http.get(one).json());
  }

  private JsonNode listed(String name) {
    return http.await(
        "alert " + name,
        () -> {
          for (JsonNode item : http.get("/api/v1/alerts?limit=200").json().path("items")) {
            boolean settled =
                item.path("labels").path("alertname").asText().equals(name)
                    && !item.path("verdict").asText().isEmpty();
            if (settled) {
              return Optional.of(item);
            }
          }
          return Optional.empty();
        });
  }

  @Test
  void alertMessage_inTheAlertsChannel_isReadByTheSameRules() {
    http.say("ada", "alerts", "[FIRING:1] Overheated rack severity=critical");
    JsonNode answer = http.message("ada", "alerts", "This alert belongs to INC-");

    assertTrue(answer.path("author").asText().equals("muster"), answer.toString());
    http.say("ada", "alerts", "[FIRING:1] Draughty rack");
    assertEquals("declare", http.button("ada", "alerts", "declare").path("action").asText());
  }

  @Test
  void reload_badThenGood_keepsTheOldOneUntilThen() {
    bot.configure("alerts:\n  sauces: []\n");
    Answered bad = http.post("/api/v1/config/reload", Map.of());
    assertEquals(422, bad.status());
    assertTrue(bad.json().path("problems").toString().contains("sources"), bad.body());
    assertEquals(
        202, http.post("/alerts/alertmanager?token=let-me-in", alert("Kept", "warning")).status());

    bot.configure(CONFIG.replace("let-me-in", "new-token"));
    Answered good = http.post("/api/v1/config/reload", Map.of());
    assertEquals(200, good.status(), good.body());
    assertEquals(
        401, http.post("/alerts/alertmanager?token=let-me-in", alert("Kept", "warning")).status());
    assertTrue(http.get("/api/v1/journal?kind=config_reloaded").json().path("items").size() >= 2);
    bot.configure(CONFIG);
    assertEquals(200, http.post("/api/v1/config/reload", Map.of()).status());
  }

  @Test
  void tokens_onTheOpenLoopback_areNotMade() {
    Answered made = http.post("/api/v1/tokens", Map.of("name", "later", "role", "admin"));

    assertEquals(403, made.status(), made.body());
    assertTrue(made.body().contains("server.auth.tokens"), made.body());
    assertTrue(http.get("/api/v1/tokens").json().path("items").isEmpty());
  }

  @Test
  void tokens_configured_areNeededByEverybody(@TempDir Path folder) {
    String sha = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    String yaml =
        "server: { port: 0, auth: { tokens: [ { name: ops, sha256: \""
            + sha
            + "\", role: viewer } ] } }\n";
    try (BotHarness guarded = BotHarness.start(folder, ManualClock.atNoon(), yaml)) {
      BotHttp api = guarded.http();
      assertEquals(401, api.get("/api/v1/incidents").status());
      assertEquals(401, api.get("/api/v1/incidents", "Authorization", "Bearer no").status());
      assertEquals(200, api.get("/api/v1/incidents", "Authorization", "Bearer secret").status());
      assertEquals(
          403,
          api.post("/api/v1/config/reload", Map.of(), "Authorization", "Bearer secret").status());
      assertEquals(200, api.get("/livez").status());
    }
  }

  /** Without sign-in a program speaks and reads for people, of private incidents nothing. */
  @Test
  void tokensWithoutSignIn_areBelievedWhoseNameTheyGive(@TempDir Path folder) {
    String yaml = "server: { port: 0, auth: " + BotHttp.TOKENS + " }\n";
    try (BotHarness guarded = BotHarness.start(folder, ManualClock.atNoon(), yaml)) {
      BotHttp api = guarded.http();
      String[] bearer = {"Authorization", "Bearer " + BotHttp.TOKEN};
      say(api, bearer, "/incident declare! zanzibar leaks sev3 --private");
      say(api, bearer, "/incident nonsense");
      String meeting = "/api/v1/chat/channels/incidents/messages";
      api.until(
          "the private answer is read for ada",
          () -> api.get(meeting + "?as=ada", bearer).body().contains("nonsense"));

      assertFalse(api.get(meeting + "?as=li", bearer).body().contains("nonsense"));
      assertEquals(404, api.get("/api/v1/incidents/INC-1?as=ada", bearer).status());
      String channels = api.get("/api/v1/chat/channels?as=ada", bearer).body();
      assertFalse(channels.contains("inc-1"), channels);
    }
  }

  private static void say(BotHttp api, String[] bearer, String text) {
    Map<String, String> words = Map.of("user", "ada", "channel", "incidents", "text", text);
    assertEquals(202, api.post("/api/v1/chat/messages", words, bearer).status());
  }
}
