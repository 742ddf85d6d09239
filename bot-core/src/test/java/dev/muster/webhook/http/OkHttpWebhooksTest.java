// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.webhook.WebhookRequest;
import dev.muster.webhook.WebhookResult;
import dev.muster.webhook.WebhookResult.Answered;
import dev.muster.webhook.WebhookResult.Failed;
import dev.muster.webhook.WebhookResult.Reason;
import dev.muster.webhook.WebhookResult.Unknown;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpWebhooksTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Long enough for a machine under load to have sent the request. */
  private static final Duration MEDIUM = Duration.ofSeconds(2);

  private static final SecretSource SECRETS =
      ref -> ref.name().equals("TOKEN") ? Optional.of("s3cr3t\"value") : ref.fallback();

  private final OutboundHttp http = new OutboundHttp();

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void call_answered_bringsStatusBodyAndOutputs() throws IOException {
    String body = "{\"state\": \"done\", \"deployment\": {\"id\": 42}, \"list\": [{\"a\": true}]}";
    try (RawServer server = new RawServer((number, out) -> okAndStay(out, body))) {
      Map<String, String> wanted =
          Map.of("state", "done", "/deployment/id", "42", "$.list.0.a", "true");

      Answered answered = assertInstanceOf(Answered.class, call(server, "{}", LONG, wanted));

      assertEquals(200, answered.status());
      assertEquals(body, answered.body());
      assertTrue(answered.jsonMatches());
      assertFalse(answered.bodyCut());
      assertEquals(
          Map.of("state", "done", "deployment.id", "42", "status", "200"), answered.outputs());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"state\": \"error\"}", "{}", "done", "", "[1]", "{\"state\": {}}"})
  void call_answeredWithoutTheWantedValue_doesNotMatch(String body) throws IOException {
    try (RawServer server = new RawServer((number, out) -> okAndStay(out, body))) {
      Answered answered =
          assertInstanceOf(Answered.class, call(server, "{}", LONG, Map.of("state", "done")));

      assertFalse(answered.jsonMatches());
    }
  }

  @Test
  void call_doneThenReplyLost_isUnknownAndArrivedOnce() throws IOException {
    try (RawServer server = new RawServer((number, out) -> false)) {
      Unknown unknown = assertInstanceOf(Unknown.class, call(server, "{}", LONG));

      assertEquals(Reason.CONNECTION_LOST, unknown.reason());
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void secondCall_afterTheFirstLeftAConnection_isSentOnceWhenTheReplyIsLost() throws IOException {
    try (RawServer server = new RawServer((number, out) -> number == 1 && okAndStay(out, "{}"))) {
      assertInstanceOf(Answered.class, call(server, "{}", LONG));

      assertInstanceOf(Unknown.class, call(server, "{}", LONG));

      assertEquals(2, server.requests().size());
    }
  }

  @Test
  void call_halfAnAnswer_isUnknown() throws IOException {
    try (RawServer server =
        new RawServer(
            (number, out) -> {
              RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              return false;
            })) {
      assertInstanceOf(Unknown.class, call(server, "{}", LONG));
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void call_targetHangs_isUnknownAfterTheTimeout() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    try (RawServer server = new RawServer((number, out) -> awaited(never))) {
      Unknown unknown = assertInstanceOf(Unknown.class, call(server, "{}", MEDIUM));

      assertEquals(Reason.TIMED_OUT, unknown.reason());
      assertEquals(1, server.requests().size());
      never.countDown();
    }
  }

  @Test
  void call_answerDripsForEver_isUnknownAfterTheTimeoutOfTheWholeCall() throws IOException {
    try (RawServer server = new RawServer((number, out) -> drip(out))) {
      Unknown unknown = assertInstanceOf(Unknown.class, call(server, "{}", MEDIUM));

      assertEquals(Reason.TIMED_OUT, unknown.reason());
    }
  }

  @Test
  void call_answerOfTwoGigabytes_isCutAtOneMebibyte() throws IOException {
    try (RawServer server = new RawServer((number, out) -> flood(out, 2L << 30))) {
      Answered answered = assertInstanceOf(Answered.class, call(server, "{}", LONG));

      assertTrue(answered.bodyCut());
      assertTrue(answered.body().length() < 3_000);
    }
  }

  @Test
  void call_answeredWith503AndRetryAtOnce_isNotRepeated() throws IOException {
    String answer = "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server =
        new RawServer(
            (number, out) -> {
              RawServer.write(out, answer);
              return true;
            })) {
      Answered answered = assertInstanceOf(Answered.class, call(server, "{}", LONG));

      assertEquals(503, answered.status());
      assertEquals(1, server.requests().size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301, http://169.254.169.254/latest/, 169.254.169.254",
    "302, /elsewhere, 127.0.0.1",
    "303, https://evil.example/x?token=1, evil.example",
    "307, http://localhost:1/, localhost",
    "308, file:///etc/passwd, ''"
  })
  void call_redirected_failsWithTheHostOnlyAndGoesNowhere(int status, String to, String host)
      throws IOException {
    String answer =
        "HTTP/1.1 " + status + " Moved\r\nLocation: " + to + "\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server =
        new RawServer(
            (number, out) -> {
              RawServer.write(out, answer);
              return true;
            })) {
      Failed failed = assertInstanceOf(Failed.class, call(server, "{}", LONG));

      assertEquals(Reason.REDIRECTED, failed.reason());
      assertTrue(failed.sentence().contains(host), failed.sentence());
      assertFalse(failed.sentence().contains("token"), failed.sentence());
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void call_nobodyListens_failsBecauseNothingWasSent() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    String origin = "http://127.0.0.1:" + port;

    Failed failed = assertInstanceOf(Failed.class, call(origin, origin + "/x", Map.of(), "{}"));

    assertEquals(Reason.NOT_CONNECTED, failed.reason());
  }

  @Test
  void call_handshakeHangs_failsBecauseNothingWasSent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String origin = "https://127.0.0.1:" + silent.getLocalPort();
      WebhookRequest request = request(origin + "/x", Map.of(), "{}", SHORT, Map.of());

      WebhookResult result = http.forRunbooks(() -> List.of(origin), SECRETS).call(request);

      assertEquals(Reason.TIMED_OUT, assertInstanceOf(Failed.class, result).reason());
    }
  }

  @Test
  void call_withSecrets_putsThemInWhereTheyBelongAndMasksTheEcho() throws IOException {
    try (RawServer server =
        new RawServer((number, out) -> okAndStay(out, "you sent s3cr3t\"value"))) {
      Map<String, String> headers =
          Map.of("Authorization", "Bearer ${TOKEN}", "Content-Type", "application/json");
      String body = "{\"t\": \"${TOKEN}\", \"d\": \"${OTHER:-plain}\", \"x\": \"$${TOKEN}\"}";

      Answered answered =
          assertInstanceOf(Answered.class, call(server.origin(), server.url("/x"), headers, body));

      String sent = server.requests().get(0);
      assertTrue(sent.contains("Authorization: Bearer s3cr3t\"value\n"), sent);
      assertTrue(
          sent.contains("{\"t\": \"s3cr3t\\\"value\", \"d\": \"plain\", \"x\": \"${TOKEN}\"}"));
      assertEquals("you sent ****", answered.body());
    }
  }

  @Test
  void call_withSecretsThatAreEchoedAsJson_masksThemInWhatStepsMayUse() throws IOException {
    SecretSource secrets = ref -> Optional.of(ref.name().equals("A") ? "iron" : "iron/\"key\\1");
    String echo =
        "{\"plain\": \"iron\\/\\\"key\\\\1\", \"within\": \"\\u0069ron/\\\"key\\\\1 iron\"}";
    try (RawServer server = new RawServer((number, out) -> okAndStay(out, echo))) {
      WebhookRequest request =
          request(server.url("/x"), Map.of("X-A", "${A}", "X-B", "${B}"), "{}", LONG, Map.of());

      Answered answered =
          assertInstanceOf(
              Answered.class,
              http.forRunbooks(() -> List.of(server.origin()), secrets).call(request));

      assertEquals(
          Map.of("plain", "****", "within", "**** ****", "status", "200"), answered.outputs());
    }
  }

  /** What a target says that repeats the body of the request, and names a value after a secret. */
  @Test
  void call_whoseBodyIsEchoedAsItWasSent_masksSecretsWithinIt() throws IOException {
    SecretSource secrets = ref -> Optional.of(ref.name().equals("A") ? "iron-door" : "i/r \"o\\n&");
    String echo =
        "{\"json\": \"{\\\"k\\\": \\\"i/r \\\\\\\"o\\\\\\\\n&\\\"}\","
            + " \"stroke\": \"i\\\\/r \\\\\\\"o\\\\\\\\n&\","
            + " \"form\": \"a=i%2Fr+%22o%5Cn%26&b=1\", \"blank\": \"i%2Fr%20%22o%5Cn%26\","
            + " \"tokens\": {\"iron-door\": true}}";
    try (RawServer server = new RawServer((number, out) -> okAndStay(out, echo))) {
      WebhookRequest request =
          request(server.url("/x"), Map.of("X-A", "${A}", "X-B", "${B}"), "{}", LONG, Map.of());

      Answered answered =
          assertInstanceOf(
              Answered.class,
              http.forRunbooks(() -> List.of(server.origin()), secrets).call(request));

      assertEquals(
          Map.of(
              "json",
              "{\"k\": \"****\"}",
              "stroke",
              "****",
              "form",
              "a=****&b=1",
              "blank",
              "****",
              "tokens.****",
              "true",
              "status",
              "200"),
          answered.outputs());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"${MISSING}", "${file:nowhere}", "${}", "${a b}"})
  void call_withASecretThatIsNotThere_sendsNothing(String reference) throws IOException {
    try (RawServer server = new RawServer((number, out) -> okAndStay(out, "{}"))) {
      Map<String, String> headers = Map.of("Authorization", reference);

      Failed failed =
          assertInstanceOf(Failed.class, call(server.origin(), server.url("/x"), headers, ""));

      assertEquals(Reason.SECRET_UNUSABLE, failed.reason());
      assertTrue(server.requests().isEmpty());
    }
  }

  @Test
  void call_withASecretOfTwoLinesInAHeader_sendsNothing() throws IOException {
    SecretSource twoLines = ref -> Optional.of("a\r\nX-Evil: 1");
    try (RawServer server = new RawServer((number, out) -> okAndStay(out, "{}"))) {
      WebhookResult result =
          http.forRunbooks(() -> List.of(server.origin()), twoLines)
              .call(request(server.url("/x"), Map.of("X-Key", "${KEY}"), "", LONG, Map.of()));

      assertEquals(Reason.SECRET_UNUSABLE, assertInstanceOf(Failed.class, result).reason());
      assertTrue(server.requests().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PUT", "PATCH", "GET", "POST"})
  void call_withAnyMethod_isSentWithIt(String method) throws IOException {
    try (RawServer server = new RawServer((number, out) -> okAndStay(out, "{}"))) {
      WebhookRequest request =
          new WebhookRequest(method, server.url("/x"), Map.of(), "", LONG, Map.of());

      http.forRunbooks(() -> List.of(server.origin()), SECRETS).call(request);

      assertTrue(server.requests().get(0).startsWith(method + " /x HTTP/1.1\n"));
    }
  }

  private WebhookResult call(RawServer server, String body, Duration timeout) {
    return call(server, body, timeout, Map.of());
  }

  private WebhookResult call(
      RawServer server, String body, Duration timeout, Map<String, String> wanted) {
    return http.forRunbooks(() -> List.of(server.origin()), SECRETS)
        .call(request(server.url("/run"), Map.of(), body, timeout, wanted));
  }

  private WebhookResult call(String allowed, String url, Map<String, String> headers, String body) {
    return http.forRunbooks(() -> List.of(allowed), SECRETS)
        .call(request(url, headers, body, LONG, Map.of()));
  }

  private static WebhookRequest request(
      String url,
      Map<String, String> headers,
      String body,
      Duration timeout,
      Map<String, String> wanted) {
    return new WebhookRequest("POST", url, headers, body, timeout, wanted);
  }

  private static boolean okAndStay(OutputStream out, String body) throws IOException {
    RawServer.ok(out, body);
    return true;
  }

  private static boolean awaited(CountDownLatch latch) throws IOException {
    try {
      latch.await();
      return false;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static boolean drip(OutputStream out) throws IOException {
    RawServer.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        RawServer.write(out, "1\r\nx\r\n");
      }
      return false;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static boolean flood(OutputStream out, long size) throws IOException {
    RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
    byte[] block = new byte[64 * 1024];
    for (long sent = 0; sent < size; sent += block.length) {
      out.write(block);
    }
    return false;
  }
}
