// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.Viewer;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in an address of the API, it is answered or refused in a sentence. */
class QueriesGeneratedTest {

  private static final List<String> HONEST =
      List.of(
          "/api/v1/incidents?status=open,closed&severity=SEV1&q=checkout&cursor=0&limit=50",
          "/api/v1/incidents/INC-1",
          "/api/v1/incidents/INC-1/timeline?after=1&limit=10&kind=note_added,message_logged",
          "/api/v1/incidents/INC-1/postmortem",
          "/api/v1/incidents/INC-1/postmortem/edition",
          "/api/v1/alerts?status=firing&cursor=alert-1&limit=5",
          "/api/v1/alerts/alert-1",
          "/api/v1/journal?after=0&kind=access_denied&limit=500",
          "/api/v1/search?q=checkout%20is%20down&limit=20");
  private static final Pattern HOSTILE = Pattern.compile("<(?:script|img|!--|at>|!channel|@)");
  private static final int LONGEST_REFUSAL = 2_000;

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong ids = new AtomicLong();
  @TempDir private Path folder;
  private SqlStore store;
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            ManualClock.atNoon(),
            () -> "id-" + ids.incrementAndGet(),
            new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
    Gatekeeper open =
        new Gatekeeper(true, List.of(), listening -> URI.create("http://localhost:" + listening));
    server = new HttpServer(open, executor, new Telemetry());
    new IncidentApi(new IncidentViews(store), request -> Viewer.ANYBODY).contribute(server);
    port = server.start("127.0.0.1", 0).orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    executor.shutdownNow();
  }

  @Test
  void queries_someGenerated_areAnsweredOrRefused() {
    GeneratedCases.some("queries", 250, this::ask);
  }

  @Test
  @Tag("proof")
  void queries_generatedForLong_areAnsweredOrRefused() {
    GeneratedCases.forLong("queries", 480_551_072_316L, 3_000, this::ask);
  }

  private void ask(Garble garble) throws IOException {
    String target = target(garble);
    String answer = get(target);
    String[] halves = answer.split("\r\n\r\n", 2);
    assertTrue(answer.startsWith("HTTP/1.1 "), answer);
    int status = Integer.parseInt(answer.substring(9, 12));
    assertTrue(status >= 200 && status < 500, () -> status + " for " + target);
    if (answer.contains("application/json")) {
      Answers.JSON.readTree(halves[1]);
      assertTrue(status < 400 || halves[1].length() < LONGEST_REFUSAL, "an endless sentence");
    } else {
      // What is no address at all is refused by the server below ours, in a page of its own.
      assertTrue(status >= 400, answer);
      assertFalse(HOSTILE.matcher(halves[1]).find(), answer);
    }
    assertFalse(halves[1].contains("Exception"), answer);
  }

  private static String target(Garble garble) {
    String honest = garble.oneOf(HONEST);
    if (garble.onceIn(3)) {
      return line(garble.spoiled(honest));
    }
    String[] halves = honest.split("\\?", 2);
    String path = garble.onceIn(6) ? halves[0].replaceFirst("INC-1|alert-1", "{}") : halves[0];
    StringBuilder target = new StringBuilder(path.replace("{}", encoded(garble.hostile())));
    char sign = '?';
    for (String pair : halves.length == 1 ? new String[] {"q=x"} : halves[1].split("&")) {
      String name = pair.substring(0, pair.indexOf('='));
      String value = garble.onceIn(2) ? pair.substring(name.length() + 1) : value(garble, pair);
      target.append(sign).append(name).append('=').append(value);
      sign = '&';
    }
    return target.toString();
  }

  private static String value(Garble garble, String pair) {
    String words = garble.onceIn(3) ? garble.spoiled(pair) : garble.hostile() + garble.hostile();
    return encoded(words);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What would end the line of the request is no part of an address. */
  private static String line(String target) {
    String one = target.replace("\r", "").replace("\n", "").replace(" ", "%20");
    return one.startsWith("/") ? one : "/" + one;
  }

  private String get(String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
