// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in refuses what Slack refuses, with Slack's codes; asked by HTTP as any client. */
class SlackRulesTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final FakeSlack slack = new FakeSlack(clock);
  private final List<Push> pushes = new ArrayList<>();
  private final SlackPeople people = new SlackPeople(slack, this::hears, push -> Pushed.NOBODY);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Pushed hears(Push push) {
    pushes.add(push);
    return new Pushed(200, "");
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private HttpResponse<String> send(String method, Map<String, String> arguments) {
    String body =
        arguments.entrySet().stream()
            .map(a -> a.getKey() + "=" + URLEncoder.encode(a.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(slack.apiUrl() + method))
            .header("Authorization", "Bearer " + FakeSlack.BOT_TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode call(String method, String... arguments) {
    Map<String, String> named =
        java.util.stream.IntStream.range(0, arguments.length / 2)
            .boxed()
            .collect(Collectors.toMap(i -> arguments[2 * i], i -> arguments[2 * i + 1]));
    return Call.parse(send(method, named).body());
  }

  private String error(String method, String... arguments) {
    return call(method, arguments).path("error").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "Upper, invalid_name_specials",
    "ümlaut, invalid_name_specials",
    "here, invalid_name",
    "old, name_taken",
    "secret, name_taken"
  })
  void name_thatSlackRefuses_hasItsCode(String name, String code) {
    String old = people.strangersChannel("old", false);
    people.strangersChannel("secret", true);
    new SlackRoster(slack).archives(old);
    assertEquals(code, error("conversations.create", "name", name));
  }

  @Test
  void name_ofEightyOneCharacters_isTooLong() {
    assertEquals("invalid_name_maxlength", error("conversations.create", "name", "a".repeat(81)));
    assertTrue(call("conversations.create", "name", "a".repeat(80)).path("ok").asBoolean());
  }

  @Test
  void channelOfStrangers_isHiddenWhenPrivateAndClosedWhenPublic() {
    String secret = people.strangersChannel("secret", true);
    String open = people.strangersChannel("open", false);
    assertEquals("channel_not_found", error("conversations.info", "channel", secret));
    assertEquals("channel_not_found", error("chat.postMessage", "channel", secret, "text", "x"));
    assertEquals("not_in_channel", error("conversations.history", "channel", open));
    assertEquals("not_in_channel", error("conversations.setTopic", "channel", open, "topic", "x"));
    assertEquals("", error("chat.postMessage", "channel", open, "text", "x"));
    slack.withoutScope("chat:write.public");
    assertEquals("not_in_channel", error("chat.postMessage", "channel", open, "text", "x"));
  }

  @Test
  void reaction_thatAPersonGaveBefore_countsTheBotBesideAndOnce() {
    String channel = people.channel("team", "ada");
    String ts = people.types("ada", channel, "look");
    people.reacts("ada", channel, ts, "pushpin");
    String[] mark = {"channel", channel, "timestamp", ts, "name", "pushpin"};
    assertEquals("", error("reactions.add", mark));
    assertEquals("already_reacted", error("reactions.add", mark));
    JsonNode reactions = people.sight().raw(channel, ts).orElseThrow().path("reactions");
    assertEquals(1, reactions.size());
    assertEquals(2, reactions.path(0).path("count").asInt());
    assertEquals("", error("reactions.remove", mark));
    assertEquals("no_reaction", error("reactions.remove", mark));
  }

  @Test
  void scope_takenAway_isNamedInTheRefusal() {
    slack.withoutScope("groups:write");
    JsonNode refused = call("conversations.create", "name", "a", "is_private", "true");
    assertEquals("missing_scope", refused.path("error").asText());
    assertEquals("groups:write", refused.path("needed").asText());
    assertFalse(refused.path("provided").asText().contains("groups:write"));
    assertEquals("", error("conversations.create", "name", "a"));
  }

  @Test
  void arguments_unknownOrMissing_areRefused() {
    assertEquals("invalid_arguments", error("conversations.create"));
    assertEquals("invalid_arguments", error("conversations.create", "name", "a", "colour", "red"));
    assertEquals("unknown_method", error("conversations.destroy", "channel", "C1"));
  }

  @Test
  void trigger_opensOneWindowWithinThreeSeconds() {
    String channel = people.channel("team", "ada");
    String view =
        "{\"type\":\"modal\",\"title\":{\"type\":\"plain_text\",\"text\":\"T\"},\"blocks\":[]}";
    people.runs("ada", channel, "/incident");
    people.runs("ada", channel, "/incident");
    String first = pushes.get(0).payload().path("trigger_id").asText();
    String second = pushes.get(1).payload().path("trigger_id").asText();
    assertEquals("", error("views.open", "trigger_id", first, "view", view));
    assertEquals("exchanged_trigger_id", error("views.open", "trigger_id", first, "view", view));
    clock.advance(Duration.ofSeconds(3));
    assertEquals("expired_trigger_id", error("views.open", "trigger_id", second, "view", view));
  }

  @Test
  void posts_inOneChannel_areOneASecondAfterAShortBurst() {
    String channel = people.channel("team");
    int taken = 0;
    HttpResponse<String> answer = post(channel);
    while (answer.statusCode() == 200) {
      taken++;
      answer = post(channel);
    }
    assertEquals(429, answer.statusCode());
    assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
    assertEquals(Pace.BURST + 1, taken);
    assertEquals(200, post(people.channel("elsewhere")).statusCode());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(200, post(channel).statusCode());
    assertEquals(429, post(channel).statusCode());
  }

  private HttpResponse<String> post(String channel) {
    return send("chat.postMessage", Map.of("channel", channel, "text", "x"));
  }

  @Test
  void method_ofTheSecondTier_isTakenTwentyTimesAMinute() {
    for (int i = 0; i < 20; i++) {
      assertEquals("", error("conversations.create", "name", "inc-" + i));
    }
    HttpResponse<String> answer = send("conversations.create", Map.of("name", "inc-20"));
    assertEquals(429, answer.statusCode());
    assertEquals("60", answer.headers().firstValue("Retry-After").orElse(""));
    assertEquals("", error("auth.test"));
    clock.advance(Duration.ofMinutes(1));
    assertEquals("", error("conversations.create", "name", "inc-20"));
  }

  @Test
  void ledger_tellsWhatWasDoneAndWhetherItWasHeard() {
    slack.arm("conversations.create", FakeFault.ANSWERS_HALF);
    send("conversations.create", Map.of("name", "inc-1"));
    call("conversations.create", "name", "inc-2");
    call("conversations.create", "name", "inc-2");
    List<LedgerEntry> ledger = slack.ledger();
    assertEquals(List.of(1, 2, 3), ledger.stream().map(LedgerEntry::sequence).toList());
    assertTrue(ledger.get(0).hasEffect());
    assertFalse(ledger.get(0).delivered());
    assertTrue(ledger.get(1).hasEffect() && ledger.get(1).delivered());
    assertEquals("name_taken", ledger.get(2).error());
    assertFalse(ledger.get(2).hasEffect());
  }
}
