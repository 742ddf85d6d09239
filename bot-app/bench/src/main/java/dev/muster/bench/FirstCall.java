// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import com.sun.net.httpserver.HttpServer;
import dev.muster.bench.child.Alertmanager;
import dev.muster.slack.fake.FakeSlack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * S5: one alert at a time, each of a name of its own, until Slack gets the first call about the
 * incident that it declares, by the start script and by its jar alone. Beside it Alertmanager,
 * which waits for no group either, until it calls its webhook. It mostly does so before its answer
 * has arrived, so the ratio is that of the times since the alert was sent.
 */
final class FirstCall implements Benchmark {

  private static final int EACH_ROUND = 4;
  private static final int WARMING = 4;

  /** From one source more incidents than these become one alert storm. */
  private static final int OF_ONE_SOURCE = 4;

  /** Muster paces itself: channels are made twelve times a minute, by each of both. */
  private static final long APART = TimeUnit.SECONDS.toNanos(3);

  private static final long LOOK = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final String RULES =
      ", rules: [ { match: {}, group-by: [alertname], severity: SEV3, do: declare } ]";
  private static final String ALERT =
      """
      { "status": "firing", "labels": { "alertname": "Check-%1$d", "severity": "critical" },
        "annotations": { "summary": "Check %1$d fails" }, "startsAt": "2026-01-05T09:00:00Z",
        "generatorURL": "http://prometheus.example.com/%1$d" }
      """;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** How long it took, in seconds; an answer may come after what follows from it. */
  private record Told(double sinceSent, double sinceAccepted) {}

  @Override
  public List<Row> run(Plan plan) throws IOException, InterruptedException {
    int alerts = WARMING + plan.rounds() * EACH_ROUND;
    List<String> sources =
        IntStream.rangeClosed(0, alerts / OF_ONE_SOURCE).mapToObj(i -> "bench-" + i).toList();
    AtomicLong heard = new AtomicLong();
    HttpServer webhook = webhook(heard);
    String beside = Alertmanager.isThere() ? "Alertmanager to its webhook" : "no Alertmanager here";
    Rounds<Told> archived = new Rounds<>(beside);
    Rounds<Told> plain = new Rounds<>(beside);
    URI told = URI.create("http://127.0.0.1:" + webhook.getAddress().getPort() + "/");
    try (Office office = new Office(plan, "first-call", sources, RULES);
        Office scripted = new Office(plan.byScript(), "first-call-by-script", sources, RULES);
        Alertmanager peer = Alertmanager.telling(plan.work().resolve("first-call"), told)) {
      for (int i = 0; i < alerts; i++) {
        Optional<Told> theirs =
            peer.port().isPresent()
                ? Optional.of(theirs(peer.port().get(), i, heard))
                : Optional.empty();
        Told byScript = ours(scripted, sources.get(i / OF_ONE_SOURCE), i);
        LockSupport.parkNanos(APART);
        Told byJar = ours(office, sources.get(i / OF_ONE_SOURCE), i);
        LockSupport.parkNanos(APART);
        if (i >= WARMING) {
          theirs.ifPresent(archived::theirs);
          theirs.ifPresent(plain::theirs);
          archived.ours(byScript);
          plain.ours(byJar);
        }
      }
    } finally {
      webhook.stop(0);
    }
    List<Row> rows = new ArrayList<>(rows("tools/muster", archived));
    rows.addAll(rows("java -jar", plain));
    return rows;
  }

  private static List<Row> rows(String way, Rounds<Told> rounds) {
    return List.of(
        rounds.row(
            "S5",
            "one alert, from sent to the first call of Slack, " + way + ", p50",
            "ms",
            each -> each.sinceSent() * 1e3,
            "≤ 3 ×"),
        rounds.row("", "the same, from accepted", "ms", each -> each.sinceAccepted() * 1e3, ""));
  }

  /** Notes when it is called. */
  private static HttpServer webhook(AtomicLong heard) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          heard.compareAndSet(0, System.nanoTime());
          call.getRequestBody().readAllBytes();
          call.sendResponseHeaders(200, -1);
          call.close();
        });
    server.start();
    return server;
  }

  private Told theirs(int port, int number, AtomicLong heard)
      throws IOException, InterruptedException {
    heard.set(0);
    long sent = System.nanoTime();
    long accepted = post(port, "/api/v2/alerts", "[" + ALERT.formatted(number) + "]");
    return told(sent, accepted, await(heard::get));
  }

  private Told ours(Office office, String source, int number)
      throws IOException, InterruptedException {
    int before = calls(office.slack());
    String body = "{\"status\":\"firing\",\"alerts\":[" + ALERT.formatted(number) + "]}";
    long sent = System.nanoTime();
    long accepted = post(office.muster().port(), "/alerts/" + source, body);
    long called = await(() -> calls(office.slack()) > before ? System.nanoTime() : 0L);
    return told(sent, accepted, called);
  }

  private static Told told(long sent, long accepted, long called) {
    return new Told((called - sent) / 1e9, Math.max(0, called - accepted) / 1e9);
  }

  /** What is said or made, in any channel. */
  private static int calls(FakeSlack slack) {
    return slack.calls("conversations.create").size() + slack.calls("chat.postMessage").size();
  }

  /** Returns when it was accepted. */
  private long post(int port, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      throw new IOException(path + " answers " + status);
    }
    return System.nanoTime();
  }

  /** Looks again and again, bounded, until there is a time. */
  private static long await(LongSupplier time) {
    long end = System.nanoTime() + PATIENCE;
    for (long at = time.getAsLong(); ; at = time.getAsLong()) {
      if (at != 0) {
        return at;
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("nobody was told within a minute");
      }
      LockSupport.parkNanos(LOOK);
    }
  }
}
