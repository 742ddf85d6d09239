// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.config.load.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes a service of ours that breaks and recovers, a real Alertmanager tells
 * the bot, and people live through the incident to its postmortem. Skipped where the two programs
 * are not installed; {@code tools/install-test-peers.sh} brings them.
 */
@Tag("proof")
class RealAlertmanagerJourneyTest {

  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final Path ALERTMANAGER = Path.of("/usr/bin/prometheus-alertmanager");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path folder;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger broken = new AtomicInteger();
  private final BlockingQueue<Integer> scrapes = new LinkedBlockingQueue<>();
  private final List<Process> processes = new ArrayList<>();
  private HttpServer service;
  private BotApp bot;

  @BeforeEach
  void startEverything() throws IOException {
    assumeTrue(Files.isExecutable(PROMETHEUS), "Prometheus is not installed");
    assumeTrue(Files.isExecutable(ALERTMANAGER), "Alertmanager is not installed");
    startService();
    startBot();
    int alertmanager = startAlertmanager();
    startPrometheus(alertmanager);
  }

  @AfterEach
  void stopEverything() throws InterruptedException {
    for (Process process : processes) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
    if (bot != null) {
      bot.close();
    }
    if (service != null) {
      service.stop(0);
    }
  }

  private void startService() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/metrics",
        exchange -> {
          byte[] body = ("demo_broken " + broken.get() + "\n").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
          scrapes.add(broken.get());
        });
    service.start();
  }

  private void startBot() throws IOException {
    Path file = folder.resolve("bot.yaml");
    Files.writeString(
        file,
        """
        server: { port: 0 }
        store: { url: "jdbc:sqlite:%s/muster.db" }
        services: [ { name: checkout, owner: payments, on-call: payments } ]
        oncall:
          schedules:
            - { name: payments, zone: UTC, people: [ada], rotate-every: 7d, start: "2026-01-05T09:00" }
        """
            .formatted(folder));
    ConfigLoader loader = Adapters.loader(name -> null);
    ConfigResult.Loaded loaded =
        loader
            .load(Optional.of(file))
            .match(
                good -> good,
                bad -> {
                  throw new AssertionError(bad.problems());
                });
    LiveConfig live = new LiveConfig(loaded, () -> loader.load(Optional.of(file)));
    StartOutcome outcome = new Assembly(live, name -> null).start();
    bot = ((StartOutcome.Running) outcome).app();
  }

  private int startAlertmanager() throws IOException {
    int port = freePort();
    Path file = folder.resolve("alertmanager.yml");
    Files.writeString(
        file,
        """
        route: { receiver: muster, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
        receivers:
          - name: muster
            webhook_configs:
              - { url: "http://127.0.0.1:%d/alerts/alertmanager", send_resolved: true }
        """
            .formatted(bot.port()));
    start(
        ALERTMANAGER.toString(),
        "--config.file=" + file,
        "--storage.path=" + folder.resolve("alertmanager"),
        "--web.listen-address=127.0.0.1:" + port,
        "--cluster.listen-address=");
    return port;
  }

  private void startPrometheus(int alertmanager) throws IOException {
    Files.writeString(
        folder.resolve("rules.yml"),
        """
        groups:
          - name: demo
            rules:
              - alert: CheckoutBroken
                expr: demo_broken == 1
                labels: { severity: critical, service: checkout }
                annotations: { summary: "Checkout answers with errors <script>alert(1)</script>" }
        """);
    Path file = folder.resolve("prometheus.yml");
    Files.writeString(
        file,
        """
        global: { scrape_interval: 1s, evaluation_interval: 1s }
        rule_files: [rules.yml]
        alerting: { alertmanagers: [ { static_configs: [ { targets: ["127.0.0.1:%d"] } ] } ] }
        scrape_configs:
          - { job_name: demo, static_configs: [ { targets: ["127.0.0.1:%d"] } ] }
        """
            .formatted(alertmanager, service.getAddress().getPort()));
    start(
        PROMETHEUS.toString(),
        "--config.file=" + file,
        "--storage.tsdb.path=" + folder.resolve("prometheus"),
        "--web.listen-address=127.0.0.1:" + freePort());
  }

  private void start(String... command) throws IOException {
    Path log = folder.resolve(Path.of(command[0]).getFileName() + ".log");
    processes.add(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void realAlert_firesAndResolves_becomesAnIncidentWithPostmortem() throws Exception {
    broken.set(1);
    JsonNode incident = await("/api/v1/incidents/INC-1", node -> node.path("channels").size() == 1);
    String channel = incident.path("channels").path(0).path("name").asText();

    assertEquals("SEV2", incident.path("severity").asText());
    assertEquals("ada", incident.path("commander").path("id").asText());
    assertEquals("CheckoutBroken", incident.at("/alerts/0/labels/alertname").asText());

    say("ada", channel, "/incident ack");
    say("ada", channel, "the deploy of 14:02 looks wrong");
    broken.set(0);
    await(
        "/api/v1/incidents/INC-1/timeline?kind=alert_resolved",
        node -> node.path("items").size() == 1);
    JsonNode open = get("/api/v1/incidents/INC-1");
    assertEquals("investigating", open.path("status").asText(), "a person has touched it");

    say("ada", channel, "/incident resolve rolled back");
    say("ada", channel, "/incident close");
    JsonNode postmortem = await("/api/v1/incidents/INC-1/postmortem", node -> node.has("sections"));
    assertTrue(postmortem.toString().contains("an alert from alertmanager"), postmortem.toString());
  }

  private JsonNode await(String path, Predicate<JsonNode> wanted) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = get(path);
    while (!wanted.test(last)) {
      assertTrue(System.nanoTime() < deadline, () -> "waited in vain for " + path);
      scrapes.poll(2, TimeUnit.SECONDS);
      last = get(path);
    }
    return last;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + bot.port() + path);
    HttpRequest request = HttpRequest.newBuilder(address).build();
    return json.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private void say(String user, String channel, String text) throws Exception {
    String body =
        json.createObjectNode()
            .put("user", user)
            .put("channel", channel)
            .put("text", text)
            .toString();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + bot.port() + "/api/v1/chat/messages"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertEquals(202, http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
  }
}
