// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.teams.client.Json;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stand-in takes calls as often as Microsoft does; asked by HTTP as any client. */
class PaceTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final FakeTeams teams = new FakeTeams(clock);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    teams.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String token(String scope) throws IOException {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
            .formatted(
                FakeTenant.APP,
                FakeTeams.PASSWORD,
                URLEncoder.encode(scope, StandardCharsets.UTF_8));
    URI login = URI.create(teams.loginUrl() + FakeTenant.TENANT + "/oauth2/v2.0/token");
    String answer =
        send(HttpRequest.newBuilder(login).POST(HttpRequest.BodyPublishers.ofString(form))).body();
    return Json.read(answer.getBytes(StandardCharsets.UTF_8)).path("access_token").asText();
  }

  private HttpResponse<String> says(String token, String conversation) {
    URI place =
        URI.create(
            teams.serviceUrl()
                + "v3/conversations/"
                + URLEncoder.encode(conversation, StandardCharsets.UTF_8)
                + "/activities");
    String body = "{\"type\":\"message\",\"text\":\"hello\",\"from\":{\"id\":\"28:bot\"}}";
    return send(
        HttpRequest.newBuilder(place)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> asks(String token, String path) {
    return send(
        HttpRequest.newBuilder(URI.create(teams.graphUrl() + path))
            .header("Authorization", "Bearer " + token));
  }

  private static String retryAfter(HttpResponse<String> answer) {
    return answer.headers().firstValue("Retry-After").orElse("none");
  }

  @Test
  void conversation_eightMessagesInASecond_oneIsTooMany() throws IOException {
    String token = token("https://api.botframework.com/.default");
    FakeConversation one = teams.tenant().channel("one", "");
    FakeConversation other = teams.tenant().channel("other", "");
    for (int i = 0; i < 7; i++) {
      assertEquals(201, says(token, one.id()).statusCode());
    }

    HttpResponse<String> refused = says(token, one.id());

    assertEquals(429, refused.statusCode());
    assertEquals("1", retryAfter(refused));
    assertEquals(7, one.messages().size());
    String thread = one.id() + ";messageid=" + one.messages().get(0).id();
    assertEquals(429, says(token, thread).statusCode(), "a thread is no place of its own");
    assertEquals(201, says(token, other.id()).statusCode());
    assertEquals(2, teams.tooMany().size());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(201, says(token, one.id()).statusCode());
    assertEquals(429, says(token, one.id()).statusCode(), "eight in two seconds");
  }

  @Test
  void conversation_twoMessagesASecond_areTooManyAfterHalfAMinute() throws IOException {
    String token = token("https://api.botframework.com/.default");
    FakeConversation one = teams.tenant().channel("one", "");
    int taken = 0;
    while (says(token, one.id()).statusCode() == 201) {
      taken++;
      clock.advance(Duration.ofMillis(400));
    }

    assertEquals(60, taken);
    assertTrue(teams.tooMany().size() == 1);
  }

  @Test
  void tenant_thirtyMessagesInASecondAllOver_isAllItTakes() throws IOException {
    String token = token("https://api.botframework.com/.default");
    for (int i = 0; i < 30; i++) {
      assertEquals(201, says(token, teams.tenant().channel("c" + i, "").id()).statusCode());
    }

    assertEquals(429, says(token, teams.tenant().channel("last", "").id()).statusCode());
  }

  @Test
  void graph_channelTeamAndTenant_areCountedEach() throws IOException {
    String token = token("https://graph.microsoft.com/.default");
    FakeConversation one = teams.tenant().channel("one", "");
    String channel =
        "teams/%s/channels/%s"
            .formatted(FakeTenant.GROUP, URLEncoder.encode(one.id(), StandardCharsets.UTF_8));
    for (int i = 0; i < 20; i++) {
      assertEquals(200, asks(token, channel).statusCode());
    }
    assertEquals(429, asks(token, channel).statusCode(), "twenty questions in a second");
    clock.advance(Duration.ofSeconds(1));
    for (int i = 0; i < 10; i++) {
      assertEquals(200, asks(token, channel).statusCode());
    }
    HttpResponse<String> refused = asks(token, channel);
    assertEquals(429, refused.statusCode(), "thirty of one channel in half a minute");
    assertEquals("29", retryAfter(refused));
    int taken = 30;
    String team = "teams/%s/channels".formatted(FakeTenant.GROUP);
    while (asks(token, team).statusCode() == 200) {
      taken++;
      clock.advance(Duration.ofMillis(100));
    }
    assertEquals(120, taken, "of one team in half a minute");
  }
}
