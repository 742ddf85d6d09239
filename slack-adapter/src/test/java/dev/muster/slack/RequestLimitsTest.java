// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.slack.fake.Signed;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed requests beyond every limit, and doors that may not open without a signature. */
class RequestLimitsTest {

  private static final String EVENT =
      """
      {"team_id":"T0ACME001","api_app_id":"A1","type":"event_callback",%s\
      "event":{"type":"message","channel":"C1","user":"U1","text":"%s",\
      "ts":"1795190138.000001","event_ts":"1795190138.000001","channel_type":"channel"}}""";

  private final ManualClock clock = ManualClock.atNoon();
  private final RecordingInbox inbox = new RecordingInbox(new KeyedMemory());
  @TempDir Path folder;
  private Worlds.Opened opened;

  @BeforeEach
  void open() {
    opened = Worlds.open(new KeyedMemory(), inbox, clock, folder);
  }

  @AfterEach
  void close() {
    opened.world().close();
  }

  private RouteAnswer.Bytes call(TestRequest request) {
    return (RouteAnswer.Bytes) opened.runtime().call(request);
  }

  private RouteAnswer.Bytes signed(String type, String body) {
    return call(Signed.request(type, body, clock.instant()));
  }

  private long counted(String metric, String reason) {
    return opened.runtime().telemetry().counted(metric, "platform", "slack", "reason", reason);
  }

  private static String event(String more, String text) {
    return EVENT.formatted(more, text);
  }

  private static String deep(int levels) {
    return "\"x\":" + "[".repeat(levels) + "]".repeat(levels) + ",";
  }

  private static String keys(int many) {
    return IntStream.range(0, many)
        .mapToObj(number -> "\"k" + number + "\":0")
        .collect(Collectors.joining(",", "{", "}"));
  }

  static Stream<Arguments> beyond() {
    return Stream.of(
        Arguments.of("nested too deeply", event(deep(64), "x")),
        Arguments.of("too many keys", event("\"x\":" + keys(2_001) + ",", "x")),
        Arguments.of("a key twice", event("\"team_id\":\"T2\",", "x")),
        Arguments.of("a second document", event("", "x") + event("", "y")),
        Arguments.of("something behind it", event("", "x") + " x"),
        Arguments.of("NaN", event("\"x\":NaN,", "x")),
        Arguments.of("Infinity", event("\"x\":-Infinity,", "x")),
        Arguments.of("a number without end", event("\"x\":" + "9".repeat(65) + ",", "x")),
        Arguments.of("a number with leading zeros", event("\"x\":007,", "x")),
        Arguments.of("a hexadecimal number", event("\"x\":0x1F,", "x")),
        Arguments.of("a text without end", event("", "x".repeat(256 * 1024 + 1))),
        Arguments.of("a line break in a text", event("", "a\nb")),
        Arguments.of("half of it", event("", "x").substring(0, 100)),
        Arguments.of("single quotes", event("", "x").replace('"', '\'')),
        Arguments.of("a comment", "/* x */" + event("", "x")),
        Arguments.of("a byte order mark", "\uFEFF" + event("", "x")),
        Arguments.of("null", "null"),
        Arguments.of("a list", "[" + event("", "x") + "]"),
        Arguments.of("a text", "\"event\""),
        Arguments.of("nothing", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beyond")
  void json_beyondTheLimits_isRefusedWithOneSentence(String what, String body) {
    for (boolean byHand : new boolean[] {false, true}) {
      RouteAnswer.Bytes answer =
          byHand
              ? signed(Signed.FORM, "payload=" + URLEncoder.encode(body, StandardCharsets.UTF_8))
              : signed(Signed.JSON, body);

      assertEquals(400, answer.status(), what);
      String said = new String(answer.body(), StandardCharsets.UTF_8);
      assertTrue(said.matches("\\{\"error\":\"malformed\",\"message\":\"[A-Za-z ]+\\.\"}"), said);
    }
    assertEquals(2, counted("muster_chat_refused_total", "malformed"));
    assertEquals(List.of(), inbox.deliveries());
    assertEquals(200, signed(Signed.JSON, event("", "the next one")).status());
    assertEquals(1, inbox.deliveries().size());
  }

  @Test
  void json_atTheLimits_isHeard() {
    String edge =
        deep(63)
            + "\"k\":"
            + keys(2_000)
            + ",\"n\":"
            + "9".repeat(64)
            + ",\"d\":1e309,\"event_time\":1e300,";
    assertEquals(200, signed(Signed.JSON, event(edge, "x".repeat(40_000))).status());
    assertEquals(1, inbox.heard(ChatEvent.MessagePosted.class).size());
  }

  @Test
  void text_withHalfASurrogatePair_isHeardWithTheReplacementCharacter() {
    assertEquals(200, signed(Signed.JSON, event("", "\\ud83d is half of \\ud83d\\udd25")).status());
    assertEquals(
        "\uFFFD is half of \uD83D\uDD25", inbox.heard(ChatEvent.MessagePosted.class).get(0).text());

    String press =
        """
        {"type":"block_actions","team":{"id":"T0ACME001"},"user":{"id":"U1","name":"a\\udd25"},\
        "trigger_id":"1.1","container":{"message_ts":"1.1"},"channel":{"id":"C1"},"actions":[\
        {"action_id":"m.x","value":"token","action_ts":"1795190138.000001"}]}""";
    signed(Signed.FORM, "payload=" + URLEncoder.encode(press, StandardCharsets.UTF_8));
    assertEquals("a\uFFFD", inbox.heard(ChatEvent.ButtonPressed.class).get(0).by().person().name());

    String command = "command=%2Fincident&team_id=T0ACME001&user_id=U1&channel_id=C1&trigger_id=2";
    assertEquals(200, signed(Signed.FORM, command + "&text=declare+%ED%A0%BD+x").status());
    String typed = inbox.heard(ChatEvent.CommandInvoked.class).get(0).text();
    assertTrue(typed.startsWith("declare \uFFFD"), typed);
  }

  @Test
  void bytes_thatAreNotUtf8_areRefusedHoweverTheyCome() {
    byte[] text = event("", "~").getBytes(StandardCharsets.UTF_8);
    byte[] form = "command=%2Fincident&text=~&team_id=T0ACME001".getBytes(StandardCharsets.UTF_8);
    for (byte[] body : new byte[][] {text, form}) {
      for (int bad : new int[] {0xFF, 0xC0, 0xED, 0x80}) {
        byte[] broken = body.clone();
        broken[new String(body, StandardCharsets.UTF_8).indexOf('~')] = (byte) bad;
        String type = body == text ? Signed.JSON : Signed.FORM;
        String signature = Signed.signature(broken, clock.instant(), Signed.SECRET);
        assertEquals(400, call(Signed.request(type, broken, clock.instant(), signature)).status());
      }
    }
    assertEquals(8, counted("muster_chat_refused_total", "not_utf8"));
    assertEquals(List.of(), inbox.deliveries());
  }

  @Test
  void event_ofAKindNobodyKnows_isAcknowledgedAndCounted() {
    String message = event("\"event_id\":\"Ev1\",", "x");
    for (String body :
        List.of(
            message.replace("\"type\":\"message\"", "\"type\":\"emoji_changed\""),
            message.replace("event_callback", "app_rate_limited"),
            message.replace("\"text\"", "\"subtype\":\"reminder_add\",\"text\""))) {
      assertEquals(200, signed(Signed.JSON, body).status(), body);
    }
    assertEquals(200, signed(Signed.FORM, "payload=%7B%22type%22%3A%22block_wish%22%7D").status());
    assertEquals(List.of(), inbox.deliveries());
    String counted = opened.runtime().telemetry().prometheusText();
    long ignored =
        java.util.regex.Pattern.compile("muster_chat_ignored_total\\{[^}]*\\} ([0-9]+)")
            .matcher(counted)
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .sum();
    assertEquals(4, ignored, counted);
  }

  @Test
  void event_withoutAnId_isHeardOnceByItsBody() {
    String reaction =
        """
        {"team_id":"T0ACME001","type":"event_callback","event":{"type":"reaction_added",\
        "user":"U1","reaction":"eyes","item":{"type":"message","channel":"C1","ts":"1795190138.1"},\
        "event_ts":"%s"}}""";
    for (String ts : List.of("1795190139.1", "1795190139.1", "1795190139.2")) {
      assertEquals(200, signed(Signed.JSON, reaction.formatted(ts)).status());
    }
    assertEquals(2, inbox.heard(ChatEvent.ReactionAdded.class).size());
    assertEquals(1, inbox.repeats());
  }

  @Test
  void sideDoors_withoutASignature_openNothing() {
    String challenge = "{\"type\":\"url_verification\",\"challenge\":\"shown\"}";
    String old =
        Signed.signature(bytes(challenge), clock.instant().minusSeconds(301), Signed.SECRET);
    List<TestRequest> unsigned =
        List.of(
            request(Signed.JSON, challenge, Map.of()),
            request(Signed.JSON, challenge, Map.of("X-Slack-Signature", old)),
            request(Signed.FORM, "type=url_verification&challenge=shown", Map.of()),
            request(Signed.JSON, "{\"ssl_check\":1,\"challenge\":\"shown\"}", Map.of()),
            request(Signed.FORM, "xssl_check=1&challenge=shown", Map.of()),
            request(Signed.FORM, "ssl_check=10&challenge=shown", Map.of()),
            request(Signed.FORM, "ssl_check=1&" + "x".repeat(1_024), Map.of()));
    for (TestRequest request : unsigned) {
      RouteAnswer.Bytes answer = call(request);
      assertEquals(401, answer.status());
      assertFalse(new String(answer.body(), StandardCharsets.UTF_8).contains("shown"));
    }
    String door = "ssl_check=1&command=%2Fincident&text=declare%21+x&team_id=T0ACME001&user_id=U1";
    RouteAnswer.Bytes probed = call(request(Signed.FORM, door, Map.of()));
    assertEquals(200, probed.status());
    assertEquals(0, probed.body().length);
    assertEquals(0, signed(Signed.FORM, door + "&channel_id=C1&trigger_id=1").body().length);
    assertEquals(List.of(), inbox.deliveries());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private TestRequest request(String type, String body, Map<String, String> more) {
    Map<String, String> headers = new java.util.HashMap<>(more);
    headers.put("Content-Type", type);
    headers.put("X-Slack-Request-Timestamp", "" + clock.instant().getEpochSecond());
    return TestRequest.of("POST", "/slack/events", headers, bytes(body));
  }
}
