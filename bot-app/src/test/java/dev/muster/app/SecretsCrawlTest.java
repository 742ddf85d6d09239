// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Canaries;
import dev.muster.testkit.Canaries.Canary;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Secrets of every kind go in through everything that takes words; afterwards none is anywhere: not
 * in a file of the store, not on a page, in an answer, an export, a metric or a line of the log.
 */
final class SecretsCrawlTest {

  private static final Pattern HREF = Pattern.compile("(?:href|src|action)=\"(/[^\"#]*)");
  private static final int MOST_PAGES = 200;
  private static final String CONFIG =
      """
      alerts:
        sources: [ { name: alertmanager, kind: alertmanager, token: "let-me-in" } ]
      access: { default: responder, admins: [ada] }
      """;

  private final List<Canary> canaries = Canaries.all();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir private Path folder;
  private BotHarness bot;
  private BotHttp http;

  @Test
  void secret_ofEveryKindThroughEveryDoor_isNowhereAfterwards() {
    log.start();
    rootLogger().addAppender(log);
    bot = BotHarness.start(folder, ManualClock.atNoon(), CONFIG);
    try {
      http = bot.http();
      http.ask("ada", "general", "/incident declare! checkout is down sev2");
      String room = http.channelOf("INC-1", "ada");
      messages(room);
      commands(room);
      files(room);
      alerts();
      bot.settle();
      http.say("ada", room, "/incident resolve fixed");
      bot.settle();
      http.say("ada", room, "/incident close completed");
      http.entry("INC-1", "ada", "postmortem_drafted");
      bot.settle();
      Map<String, Set<String>> found = new LinkedHashMap<>();
      crawl(found, room);
      for (ILoggingEvent event : List.copyOf(log.list)) {
        note(found, "log " + event.getLoggerName(), event.getFormattedMessage());
      }
      bot.stop();
      store(found);
      assertEquals(Map.of(), found);
    } finally {
      bot.close();
      rootLogger().detachAppender(log);
    }
  }

  private static Logger rootLogger() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private void messages(String room) {
    List<String> ids = new ArrayList<>();
    for (Canary canary : canaries.subList(0, canaries.size() / 2)) {
      ids.add(http.say("ada", room, canary.text()));
    }
    for (int i = 0; i < ids.size(); i += 4) {
      String path = "/api/v1/chat/messages/" + ids.get(i);
      Map<String, String> edit =
          Map.of("user", "ada", "text", "now " + canaries.get(canaries.size() - 1 - i).text());
      assertEquals(202, http.json("PATCH", path, edit).status());
    }
    String kept = http.message("ada", room, "[redacted aws key]").toString();
    assertTrue(kept.contains("somebody pasted"), kept);
  }

  private void commands(String room) {
    List<String> verbs =
        List.of(
            "note ",
            "update ",
            "impact ",
            "title ",
            "action ",
            "task ",
            "timeline add ",
            "summary ",
            "no-such-verb ",
            "severity sev1 ",
            "link https://a.example/ ");
    for (int i = 0; i < canaries.size(); i += 4) {
      bot.advance(Duration.ofSeconds(2));
      String verb = verbs.get(i / 4 % verbs.size());
      String words = canaries.get(i).text().replace('\n', ' ');
      http.say("ada", room, "/incident " + verb + words);
    }
    bot.advance(Duration.ofSeconds(11));
    http.ask("li", "general", "/incident declare! token=" + canaries.get(1).secret() + " leaked");
  }

  private void files(String room) {
    StringBuilder body = new StringBuilder();
    Map.of("user", "ada", "channel", room, "text", canaries.get(0).text())
        .forEach((name, value) -> part(body, "name=\"" + name + "\"", value));
    part(body, "name=\"file\"; filename=\"" + canaries.get(12).secret() + ".txt\"", "harmless");
    body.append("--b--\r\n");
    assertEquals(
        202,
        http.send(
                "POST",
                "/api/v1/chat/files",
                HttpRequest.BodyPublishers.ofString(body.toString()),
                "Content-Type",
                "multipart/form-data; boundary=b")
            .status());
  }

  private static void part(StringBuilder body, String disposition, String content) {
    body.append("--b\r\nContent-Disposition: form-data; ").append(disposition);
    body.append("\r\n\r\n").append(content).append("\r\n");
  }

  private void alerts() {
    List<Map<String, Object>> alerts = new ArrayList<>();
    for (int i = 0; i < canaries.size(); i++) {
      Canary canary = canaries.get(i);
      alerts.add(
          Map.of(
              "status",
              "firing",
              "fingerprint",
              "f" + i,
              "labels",
              Map.of("alertname", "Leak" + i, "severity", "critical", "pod", canary.text()),
              "annotations",
              Map.of("summary", canary.text(), "description", "x " + canary.text()),
              "startsAt",
              "2026-11-20T12:00:00Z",
              "generatorURL",
              "https://prometheus.example/?q=" + i));
    }
    Map<String, Object> body =
        Map.of("version", "4", "status", "firing", "receiver", "x", "alerts", alerts);
    String path = "/alerts/alertmanager";
    assertEquals(202, http.post(path, body, "Authorization", "Bearer let-me-in").status());
    http.until(
        "an alert is listed", () -> http.get("/api/v1/alerts?limit=500").body().contains("Leak1"));
  }

  private void crawl(Map<String, Set<String>> found, String room) {
    Deque<String> next = new ArrayDeque<>(List.of("/", "/chat", "/board", "/status", "/metrics"));
    next.add("/api/v1/search?q=redacted&as=ada&limit=200");
    next.add("/api/v1/journal?limit=500");
    next.add("/api/v1/alerts?limit=500");
    next.add("/api/v1/health");
    http.get("/api/v1/openapi.json")
        .json()
        .path("paths")
        .properties()
        .forEach(path -> next.addAll(readable(path.getKey(), path.getValue())));
    Set<String> seen = new TreeSet<>();
    while (!next.isEmpty() && seen.size() < MOST_PAGES) {
      String path = next.poll();
      if (seen.add(path)) {
        String body = http.get(path).body();
        note(found, path, body);
        HREF.matcher(body).results().map(m -> m.group(1).replace("&amp;", "&")).forEach(next::add);
      }
    }
    assertTrue(seen.size() > 20, seen.toString());
    for (JsonNode message : http.messages("ada", room)) {
      note(found, "#" + room, message.toString());
    }
    for (JsonNode entry : http.timeline("INC-1", "ada")) {
      note(found, "timeline " + entry.path("kind").asText(), entry.toString());
    }
  }

  private static List<String> readable(String path, JsonNode methods) {
    String whole = path.startsWith("/api/v1") ? path : "/api/v1" + path;
    return methods.has("get") && !whole.endsWith("/stream")
        ? List.of(whole.replace("{name}", "incidents").replaceAll("\\{[^}]*}", "INC-1") + "?as=ada")
        : List.of();
  }

  /**
   * Bytes as they lie on the disk, the index of the search and the log of the database included.
   */
  private void store(Map<String, Set<String>> found) {
    boolean words = false;
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        note(found, "file " + file.getFileName(), bytes);
        words |= bytes.contains("somebody pasted [redacted");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertTrue(words, "what was said around the secrets is not in the store");
  }

  private void note(Map<String, Set<String>> found, String where, String text) {
    for (Canary canary : canaries) {
      if (text.contains(canary.secret())) {
        found.computeIfAbsent(where, w -> new TreeSet<>()).add(canary.kind());
      }
    }
  }
}
