// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain deliveries of programs go the short way, everything else the long one, and both agree. */
class DirectRoadTest {

  private static final String EVENTS = "/slack/events";
  private static final int MORE_THAN_THREADS = 300;

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final List<Boolean> shortWays = new CopyOnWriteArrayList<>();
  private final AtomicInteger there = new AtomicInteger();
  private final CompletableFuture<RouteAnswer.Bytes> all = new CompletableFuture<>();
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() {
    Gatekeeper open =
        new Gatekeeper(true, List.of(), listening -> URI.create("http://localhost:" + listening));
    server = new HttpServer(open, executor, new Telemetry());
    for (String path : List.of(EVENTS, "/api/messages", "/alerts/{source}", "/api/v1/chat/say")) {
      server.route("POST", path, this::answer);
    }
    server.route("GET", EVENTS, this::answer);
    port = server.start("127.0.0.1", 0).orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
    executor.shutdownNow();
  }

  /** Answers as the body asks for. */
  private RouteAnswer answer(RouteRequest request) throws IOException {
    shortWays.add(request instanceof DirectRequest);
    if (request.header("X-Unread").isPresent()) {
      return RouteAnswer.json(401, "who are you");
    }
    String body = new String(request.body(1_000).orElse(new byte[0]), StandardCharsets.UTF_8);
    return switch (body) {
      case "nothing" -> RouteAnswer.empty(200);
      case "later" ->
          new RouteAnswer.Bytes(503, "application/json", new byte[2], Map.of("Retry-After", "5"));
      case "soon" -> RouteAnswer.when(soon(body));
      case "fail" ->
          RouteAnswer.when(CompletableFuture.failedFuture(new RuntimeException("later")));
      case "together" -> RouteAnswer.when(together());
      case "break" -> throw new IOException("cut off");
      case "throw" -> throw new IllegalStateException("a mistake");
      case "head" -> RouteAnswer.json(200, head(request));
      case "part" -> RouteAnswer.json(200, request.pathPart("source"));
      case "machine" -> RouteAnswer.json(200, "" + ((FromSomewhere) request).isFromThisMachine());
      default -> RouteAnswer.json(200, request.method() + " " + request.path() + " " + body);
    };
  }

  private CompletableFuture<RouteAnswer.Bytes> soon(String words) {
    return CompletableFuture.supplyAsync(
        () -> (RouteAnswer.Bytes) RouteAnswer.json(200, words), executor);
  }

  /** Answered when all are there. */
  private CompletableFuture<RouteAnswer.Bytes> together() {
    if (there.incrementAndGet() == MORE_THAN_THREADS) {
      all.complete((RouteAnswer.Bytes) RouteAnswer.json(200, "all"));
    }
    return all;
  }

  private static String head(RouteRequest request) {
    return request.headers().get("x-two") + " " + request.header("X-TWO") + request.header("No");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nothing", "later", "soon", "fail", "break", "throw", "words", "", "head"})
  void answer_onBothWays_isTheSame(String body) throws IOException {
    String two = "X-Two: one\r\nx-two: other\r\n";

    String direct = post(EVENTS, two, body);
    String around = sent(around(EVENTS, two, body));

    assertEquals(List.of(true, false), shortWays);
    assertEquals(parts(around), parts(direct));
  }

  /** Everything but the time, and the type that the long way gives to nothing. */
  private static TreeSet<String> parts(String answer) {
    TreeSet<String> parts = new TreeSet<>(List.of(answer.split("\r\n")));
    parts.removeIf(line -> line.toLowerCase(Locale.ROOT).startsWith("date:"));
    parts.remove("Content-Type: text/plain");
    return parts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/alerts/prod", "/api/messages", EVENTS})
  void delivery_ofAProgram_goesTheShortWay(String path) throws IOException {
    String answer = post(path, "", "words");

    assertTrue(answer.endsWith("POST " + path + " words"), answer);
    assertTrue(answer.contains("Content-Security-Policy: default-src 'self'"), answer);
    assertEquals(List.of(true), shortWays);
  }

  @ParameterizedTest
  @ValueSource(strings = {EVENTS + "?a=b", "/alerts/pr%6Fd", EVENTS + "/"})
  void delivery_withAnUnusualAddress_goesTheLongWay(String path) throws IOException {
    String answer = post(path, "", "words");

    assertTrue(answer.startsWith("HTTP/1.1 200 OK"), answer);
    assertEquals(List.of(false), shortWays);
  }

  @Test
  void delivery_ofASenderThatAsksFirst_goesTheLongWay() throws IOException {
    post(EVENTS, "Expect: 100-continue\r\n", "words");

    assertEquals(List.of(false), shortWays);
  }

  @Test
  void delivery_thatIsLarge_goesTheLongWay() throws IOException {
    post(EVENTS, "", "x".repeat(DirectRoad.LARGEST_BODY));
    post(EVENTS, "", "x".repeat(DirectRoad.LARGEST_BODY + 1));

    assertEquals(List.of(true, false), shortWays);
  }

  @Test
  void request_thatIsNoPost_goesTheLongWay() throws IOException {
    sent("GET " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertEquals(List.of(false), shortWays);
  }

  @Test
  void write_thatThePermissionsGuard_neverGoesTheShortWay() throws IOException {
    String refused = post("/api/v1/chat/say", "Origin: http://elsewhere\r\n", "words");
    post("/api/v1/chat/say", "Content-Type: application/json\r\n", "words");

    assertTrue(refused.startsWith("HTTP/1.1 403 "), refused);
    assertEquals(List.of(false), shortWays);
  }

  @Test
  void address_beyondARoute_leadsNowhere() throws IOException {
    String deeper = post("/alerts/prod/more", "", "words");
    String nothing = post("/alerts/", "", "words");

    assertTrue(deeper.startsWith("HTTP/1.1 404 "), deeper);
    assertTrue(nothing.startsWith("HTTP/1.1 404 "), nothing);
    assertEquals(List.of(), shortWays);
  }

  @Test
  void partOfThePath_isWhatStandsThere() throws IOException {
    assertTrue(post("/alerts/prod-1", "", "part").endsWith("\r\n\r\nprod-1"));
    assertEquals(List.of(true), shortWays);
  }

  @Test
  void caller_onThisMachine_isKnownUnlessAProxyStandsBetween() throws IOException {
    assertTrue(post(EVENTS, "", "machine").endsWith("true"));
    assertTrue(post(EVENTS, "X-Forwarded-For: 10.0.0.1\r\n", "machine").endsWith("false"));
    assertTrue(post(EVENTS, "forwarded: for=10.0.0.1\r\n", "machine").endsWith("false"));
    assertEquals(List.of(true, true, true), shortWays);
  }

  @Test
  void connection_servesOneAfterTheOther() throws IOException {
    String first = "POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\none";

    String both = sent(first + message(EVENTS, "", "two"));

    assertEquals(2, both.split("HTTP/1.1 200 OK", -1).length - 1);
    assertTrue(both.contains("events one") && both.endsWith("events two"), both);
  }

  @Test
  void connection_servesOneAfterTheOther_whoseAnswersComeLater() throws IOException {
    String first =
        "POST /slack/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nsoon";

    String both = sent(first + first + message(EVENTS, "", "two"));

    assertEquals(3, both.split("HTTP/1.1 200 OK", -1).length - 1, both);
    assertTrue(both.endsWith("events two"), both);
  }

  /** More are under way than the server has threads, so none of them may wait for its answer. */
  @Test
  void answersThatComeLater_holdUpNoThread() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < MORE_THAN_THREADS; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      socket.setSoTimeout(60_000);
      byte[] asked = message(EVENTS, "", "together").getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(asked);
    }
    for (Socket socket : sockets) {
      try (socket) {
        byte[] answer = socket.getInputStream().readAllBytes();
        assertTrue(new String(answer, StandardCharsets.US_ASCII).endsWith("\r\n\r\nall"));
      }
    }
  }

  @Test
  void body_thatEndsBeforeItsLength_isTheSendersMistakeOnBothWays() throws IOException {
    String direct = cutOff(EVENTS);
    String around = cutOff(EVENTS + "?a=b");

    assertEquals(List.of(true, false), shortWays);
    assertTrue(direct.startsWith("HTTP/1.1 400 "), direct);
    assertEquals(parts(around), parts(direct));
  }

  /** Sends less than it says, and then no more. */
  private String cutOff(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      String cut = message(path, "", "words").replace("Length: 5", "Length: 50");
      socket.getOutputStream().write(cut.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void refusal_beforeTheBodyCame_saysOnBothWaysThatTheConnectionEnds() throws IOException {
    String direct = refused(EVENTS);
    String around = refused(EVENTS + "?a=b");

    assertEquals(List.of(true, false), shortWays);
    assertEquals(parts(around), parts(direct));
  }

  /** Sends a head alone, and then no more. */
  private String refused(String path) throws IOException {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nX-Unread: yes\r\nContent-Length: 9\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private String post(String path, String headers, String body) throws IOException {
    return sent(message(path, headers, body));
  }

  private static String message(String path, String headers, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** A body whose length is not told before. */
  private static String around(String path, String headers, String body) {
    String chunk =
        body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + headers
        + "Transfer-Encoding: chunked\r\n\r\n"
        + chunk
        + "0\r\n\r\n";
  }

  private String sent(String message) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(message.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int more = answer.startsWith("HTTP/1.1 100") ? answer.indexOf("\r\n\r\n") + 4 : 0;
      return answer.substring(more);
    }
  }
}
