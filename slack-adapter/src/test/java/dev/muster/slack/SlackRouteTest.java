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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches {@code POST /slack/events}, and what does not get past it. */
class SlackRouteTest {

  private static final String MESSAGE =
      """
      {"token":"t","team_id":"T0ACME001","api_app_id":"A1","event":{"type":"message",\
      "channel":"C1","user":"U1","text":"it is ünwell","ts":"1795190138.000001",\
      "event_ts":"1795190138.000001","channel_type":"channel"},"type":"event_callback",\
      "event_id":"Ev1","event_time":1795190138}""";

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

  private RouteAnswer call(TestRequest request) {
    return opened.runtime().call(request);
  }

  private int status(TestRequest request) {
    return TestRequest.status(call(request));
  }

  private String body(TestRequest request) {
    return new String(((RouteAnswer.Bytes) call(request)).body(), StandardCharsets.UTF_8);
  }

  private TestRequest json(String body) {
    return Signed.request(Signed.JSON, body, clock.instant());
  }

  private TestRequest form(String body) {
    return Signed.request(Signed.FORM, body, clock.instant());
  }

  private long refused(String reason) {
    return opened
        .runtime()
        .telemetry()
        .counted("muster_chat_refused_total", "platform", "slack", "reason", reason);
  }

  @Test
  void message_genuine_isStoredThenAcknowledged() {
    assertEquals(200, status(json(MESSAGE)));
    assertEquals("it is ünwell", inbox.heard(ChatEvent.MessagePosted.class).get(0).text());
  }

  @Test
  void message_deliveredAgainWithRetryHeader_isAcknowledgedAndStoredOnce() {
    TestRequest first = json(MESSAGE);
    Map<String, String> headers = new java.util.TreeMap<>(first.headers());
    headers.put("x-slack-retry-num", "1");
    headers.put("x-slack-retry-reason", "http_timeout");

    assertEquals(200, status(first));
    assertEquals(200, status(TestRequest.of("POST", "/slack/events", headers, first.content())));

    assertEquals(1, inbox.deliveries().size());
    assertEquals(1, inbox.repeats());
  }

  @Test
  void message_firstSeenAsRetry_isStored() {
    TestRequest request = json(MESSAGE);
    Map<String, String> headers = new java.util.TreeMap<>(request.headers());
    headers.put("x-slack-retry-num", "2");

    assertEquals(200, status(TestRequest.of("POST", "/slack/events", headers, request.content())));

    assertEquals(1, inbox.deliveries().size());
  }

  @Test
  void body_anyByteChanged_isRefused() {
    byte[] body = MESSAGE.getBytes(StandardCharsets.UTF_8);
    String signature = Signed.signature(body, clock.instant(), Signed.SECRET);
    Random random = new Random(4711);
    for (int i = 0; i < 1_000; i++) {
      byte[] changed = mutated(body, random);
      assertEquals(401, status(Signed.request(Signed.JSON, changed, clock.instant(), signature)));
    }
    assertEquals(0, inbox.deliveries().size());
    assertEquals(1_000, refused("forged"));
  }

  private static byte[] mutated(byte[] body, Random random) {
    int at = random.nextInt(body.length);
    switch (random.nextInt(4)) {
      case 0:
        return Arrays.copyOf(body, at);
      case 1:
        return Arrays.copyOf(body, body.length + 1);
      case 2:
        byte[] marked = new byte[body.length + 3];
        marked[0] = (byte) 0xEF;
        marked[1] = (byte) 0xBB;
        marked[2] = (byte) 0xBF;
        System.arraycopy(body, 0, marked, 3, body.length);
        return marked;
      default:
        byte[] flipped = body.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }
  }

  @Test
  void signature_missingOrOddlyWritten_isRefused() {
    TestRequest good = json(MESSAGE);
    String signature = good.headers().get("x-slack-signature");
    for (String odd :
        new String[] {"", "v0=", signature.toUpperCase(), signature + "00", "v1" + signature}) {
      assertEquals(401, status(with(good, "x-slack-signature", odd)), odd);
    }
    for (String odd : new String[] {"", "-1", "1e9", "1795190138.5", "99999999999999999999"}) {
      assertEquals(401, status(with(good, "x-slack-request-timestamp", odd)), odd);
    }
    assertEquals(401, status(TestRequest.of("POST", "/slack/events", Map.of(), good.content())));
    assertEquals(0, inbox.deliveries().size());
  }

  private static TestRequest with(TestRequest request, String header, String value) {
    Map<String, String> headers = new java.util.TreeMap<>(request.headers());
    headers.put(header, value);
    return TestRequest.of("POST", "/slack/events", headers, request.content());
  }

  @Test
  void timestamp_fiveMinutesEitherWay_isTheEdge() {
    for (int seconds : new int[] {-300, 300}) {
      assertEquals(
          200, status(Signed.request(Signed.JSON, MESSAGE, clock.instant().plusSeconds(seconds))));
    }
    for (int seconds : new int[] {-301, 301, 366 * 86_400}) {
      assertEquals(
          401, status(Signed.request(Signed.JSON, MESSAGE, clock.instant().plusSeconds(seconds))));
    }
    assertEquals(3, refused("not_now"));
  }

  @Test
  void captured_replayedAfterTheClockWasSetBack_isStoredOnce() {
    TestRequest captured = json(MESSAGE);
    assertEquals(200, status(captured));
    clock.advance(Duration.ofMinutes(6));
    assertEquals(401, status(captured));
    clock.advance(Duration.ofDays(-1));
    assertEquals(401, status(captured));
    clock.advance(Duration.ofDays(1).minusMinutes(6));
    assertEquals(200, status(captured));
    assertEquals(1, inbox.deliveries().size());
  }

  @Test
  void secret_constantOfTheSdk_opensNothing() {
    byte[] body = MESSAGE.getBytes(StandardCharsets.UTF_8);
    String signature = Signed.signature(body, clock.instant(), "---");
    assertEquals(401, status(Signed.request(Signed.JSON, body, clock.instant(), signature)));
  }

  @Test
  void urlVerification_signed_returnsTheChallenge() {
    String body = "{\"type\":\"url_verification\",\"token\":\"t\",\"challenge\":\"a\\\"b\"}";
    assertEquals("{\"challenge\":\"a\\\"b\"}", body(json(body)));
    TestRequest unsigned =
        TestRequest.of(
            "POST",
            "/slack/events",
            Map.of("content-type", Signed.JSON),
            body.getBytes(StandardCharsets.UTF_8));
    assertEquals(401, status(unsigned));
  }

  @Test
  void sslCheck_unsigned_getsAnEmptyAnswerAndNothingElse() {
    byte[] probe = "ssl_check=1&token=t".getBytes(StandardCharsets.UTF_8);
    TestRequest request =
        TestRequest.of("POST", "/slack/events", Map.of("content-type", Signed.FORM), probe);
    assertEquals(200, status(request));
    assertEquals("", body(request));
    byte[] door = "ssl_check=1&command=%2Fincident&text=close".getBytes(StandardCharsets.UTF_8);
    status(TestRequest.of("POST", "/slack/events", Map.of("content-type", Signed.FORM), door));
    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  void json_readTwoWaysElsewhere_isRefused() {
    String[] bodies = {
      MESSAGE.replace("\"user\":\"U1\"", "\"user\":\"U1\",\"user\":\"U2\""),
      MESSAGE + "{}",
      MESSAGE.replace("1795190138}", "NaN}"),
      MESSAGE.replace("\"token\"", "token"),
      "[" + MESSAGE + "]",
      "",
      "{\"a\":".repeat(200) + "1" + "}".repeat(200)
    };
    for (String body : bodies) {
      assertEquals(400, status(json(body)), body);
    }
    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  void body_notUtf8_isRefused() {
    byte[] latin = MESSAGE.getBytes(StandardCharsets.ISO_8859_1);
    String signature = Signed.signature(latin, clock.instant(), Signed.SECRET);
    assertEquals(400, status(Signed.request(Signed.JSON, latin, clock.instant(), signature)));
  }

  @Test
  void body_tooLarge_isRefusedBeforeItIsRead() {
    assertEquals(413, status(json(" ".repeat(1024 * 1024 + 1))));
    assertEquals(1, refused("body_too_large"));
  }

  @Test
  void event_unknownKindOrIncomplete_isAcknowledged() {
    String[] bodies = {
      MESSAGE.replace("\"type\":\"message\"", "\"type\":\"emoji_changed\""),
      MESSAGE.replace("event_callback", "app_rate_limited"),
      MESSAGE.replace("\"channel\":\"C1\",", ""),
      MESSAGE.replace("\"ts\":\"1795190138.000001\"", "\"ts\":\"soon\""),
      MESSAGE.replace("\"text\"", "\"subtype\":\"channel_topic\",\"text\"")
    };
    for (String body : bodies) {
      assertEquals(200, status(json(body)), body);
    }
    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  void interaction_incompleteOrUnknown_neverThrows() {
    String[] payloads = {
      "{}",
      "{\"type\":\"block_actions\"}",
      "{\"type\":\"view_submission\",\"view\":{}}",
      "{\"type\":\"never_heard_of\"}",
      "{\"type\":\"block_actions\",\"actions\":[]}",
      "[]",
      "x"
    };
    for (String payload : payloads) {
      String body = "payload=" + java.net.URLEncoder.encode(payload, StandardCharsets.UTF_8);
      int status = status(form(body));
      assertTrue(status == 200 || status == 400, payload + " gave " + status);
    }
    assertEquals(400, status(form("payload=%7B%7D&payload=%7B%7D")));
    assertEquals(400, status(form("payload=%zz")));
    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  void everything_whenTheDiskIsFull_isAskedForAgain() {
    inbox.breakDisk();
    RouteAnswer.Bytes event = (RouteAnswer.Bytes) call(json(MESSAGE));
    assertEquals(503, event.status());
    assertTrue(event.headers().containsKey("Retry-After"));
    opened
        .world()
        .commands(opened.world().person("ada"), opened.world().meetingPlace().channel(), "declare");
    assertEquals(503, opened.world().pushStatus());
  }

  @Test
  void raw_storedWithADelivery_grantsNothing() {
    opened
        .world()
        .commands(opened.world().person("ada"), opened.world().meetingPlace().channel(), "declare");
    status(json(MESSAGE));
    inbox
        .deliveries()
        .forEach(
            delivery -> {
              String raw = new String(delivery.raw(), StandardCharsets.UTF_8);
              assertFalse(raw.isEmpty());
              for (String grant : new String[] {"token\"", "response_url", "trigger_id"}) {
                assertFalse(raw.contains(grant), raw);
              }
            });
  }
}
