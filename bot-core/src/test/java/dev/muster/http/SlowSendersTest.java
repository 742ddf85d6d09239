// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that take their time, on purpose or not, keep nobody else waiting. */
class SlowSendersTest {

  private static final String EVENTS = "/slack/events";

  /** More than the server has threads. */
  private static final int MANY = 260;

  private static final String ANNOUNCED = "Content-Length: 200000\r\n\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
  private static final long PAUSE_NANOS = 200_000;
  private static final byte[] CHUNK = ascii("1\r\nx\r\n");

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final List<Socket> sockets = new ArrayList<>();
  private final CountDownLatch inside = new CountDownLatch(DirectRoad.MOST_LONG_BODIES);
  private final Telemetry telemetry = new Telemetry();
  private volatile boolean over;
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() {
    start(Duration.ofMinutes(5));
  }

  private void start(Duration patience) {
    Gatekeeper open =
        new Gatekeeper(true, List.of(), listening -> URI.create("http://localhost:" + listening));
    server = new HttpServer(open, executor, telemetry, patience);
    server.route("POST", EVENTS, this::answer);
    port = server.start("127.0.0.1", 0).orElseThrow();
  }

  @AfterEach
  void stop() throws IOException {
    over = true;
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
    executor.shutdownNow();
  }

  private RouteAnswer answer(RouteRequest request) throws IOException {
    if (request instanceof JavalinRequest) {
      inside.countDown();
    }
    Optional<byte[]> body = request.body(JavalinRequest.MAX_BODY);
    return RouteAnswer.json(200, "heard " + body.map(bytes -> bytes.length).orElse(-1));
  }

  private long refusals(String reason) {
    return telemetry.counted("muster_slow_senders_refused_total", "reason", reason);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Socket begun(String head) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(socket);
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    String line = "POST " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    socket.getOutputStream().write(ascii(line + head));
    return socket;
  }

  /** Whoever still sends when the connection ends has heard the answer before. */
  private static String read(Socket socket) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(heard);
    } catch (IOException e) {
      assertTrue(heard.size() > 0, e.toString());
    }
    return heard.toString(StandardCharsets.US_ASCII);
  }

  private String sent(String head, byte[] body) throws IOException {
    Socket socket = begun(head);
    socket.getOutputStream().write(body);
    return read(socket);
  }

  /** A little more for each of them, again and again, so that none is ever idle. */
  private void trickle(List<Socket> slow, byte[] little) {
    while (!over) {
      for (Socket socket : slow) {
        try {
          socket.getOutputStream().write(little);
        } catch (IOException e) {
          // It was answered already; the others go on.
          assertTrue(over || !socket.isClosed());
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private List<Socket> trickling(int many, String head, byte[] little) throws IOException {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      slow.add(begun(head));
    }
    executor.execute(() -> trickle(slow, little));
    return slow;
  }

  @Test
  void delivery_whileMoreSendersThanThreadsAreSlow_isAnswered() throws IOException {
    trickling(MANY, ANNOUNCED, ascii("x"));

    String answer = sent("Content-Length: 5\r\n\r\n", ascii("words"));

    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.endsWith("heard 5"), answer);
  }

  @Test
  void delivery_whileAllPlacesForLongBodiesAreTaken_isAnsweredAndALongOneIsToldToComeAgain()
      throws Exception {
    List<Socket> slow = trickling(DirectRoad.MOST_LONG_BODIES, CHUNKED, CHUNK);
    assertTrue(inside.await(60, TimeUnit.SECONDS), inside + " are not inside");

    String refused = sent(CHUNKED, ascii("5\r\nwords\r\n0\r\n\r\n"));
    String plain = sent("Content-Length: 5\r\n\r\n", ascii("words"));

    assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
    assertEquals(1, refusals("busy"));
    assertTrue(refused.contains("Retry-After: 5"), refused);
    assertTrue(refused.contains("Connection: close"), refused);
    assertTrue(refused.contains("X-Content-Type-Options: nosniff"), refused);
    assertTrue(plain.startsWith("HTTP/1.1 200 "), plain);
    over = true;
    for (Socket socket : slow) {
      socket.close();
    }
    String again = refused;
    while (again.startsWith("HTTP/1.1 503 ")) {
      again = sent(CHUNKED, ascii("5\r\nwords\r\n0\r\n\r\n"));
    }
    assertTrue(again.startsWith("HTTP/1.1 200 "), again);
  }

  @ParameterizedTest
  @ValueSource(strings = {ANNOUNCED, CHUNKED})
  void body_thatDoesNotComeInTime_isToBeSentAgain(String head) throws IOException {
    server.close();
    start(Duration.ofMillis(100));
    byte[] little = head.equals(CHUNKED) ? CHUNK : ascii("x");

    String answer = read(trickling(1, head, little).get(0));

    assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
    assertTrue(answer.contains("too_slow"), answer);
    assertEquals(1, refusals("too_slow"));
    assertTrue(answer.contains("Connection: close"), answer);
  }

  @Test
  void body_inTwoPiecesOfWhichTheSecondIsLate_isHeardWhole() throws IOException {
    Socket socket = begun("Content-Length: 10\r\n\r\nfirst");
    String between = sent("Content-Length: 5\r\n\r\n", ascii("words"));
    socket.getOutputStream().write(ascii("later"));

    assertTrue(between.endsWith("heard 5"), between);
    String answer = read(socket);
    assertTrue(answer.endsWith("heard 10"), answer);
    assertEquals(2, answer.split("\r\n\r\n", -1).length, answer);
  }
}
