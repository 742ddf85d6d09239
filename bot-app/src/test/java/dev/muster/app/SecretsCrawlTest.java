// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.net.URI;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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
      runbooks: runbooks/
      outbound: { allow: ["%s"] }
      """;

  /** What the runbook sends along and the target echoes; nothing about it looks like a secret. */
  private static final String OWN = "iron \"door\" a\\b/c";

  private static final String RUNBOOK =
      """
      name: fix
      parameters: [ { name: note, required: true } ]
      steps:
        - id: call
          kind: webhook
          approval: none
          url: RECEIVER/fix
          headers: { Content-Type: application/json, X-Key: "${file:../own}" }
          body: '{ "note": "{{note}}", "key": "${file:../own}" }'
        - { id: tell, kind: message, body: "It said {{steps.call.k0}} and {{steps.call.echo}}." }
      """;

  private final List<Canary> canaries = Canaries.all();
  private final Receiver receiver = new Receiver();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir private Path folder;
  private BotHarness bot;
  private BotHttp http;

  @Test
  void secret_ofEveryKindThroughEveryDoor_isNowhereAfterwards() throws IOException {
    log.start();
    rootLogger().addAppender(log);
    runbook();
    bot = BotHarness.start(folder, ManualClock.atNoon(), CONFIG.formatted(receiver.url()));
    try {
      http = bot.http();
      http.ask("ada", "general", "/incident declare! checkout is down sev2");
      String room = http.channelOf("INC-1", "ada");
      messages(room);
      commands(room);
      files(room);
      forms(room);
      calls(room);
      alerts();
      bot.settle();
      http.say("ada", room, "/incident resolve fixed");
      bot.settle();
      http.say("ada", room, "/incident close completed");
      http.entry("INC-1", "ada", "postmortem_drafted");
      bot.settle();
      Map<String, Set<String>> found = new LinkedHashMap<>();
      exports(found, room);
      crawl(found, room);
      for (ILoggingEvent event : List.copyOf(log.list)) {
        note(found, "log " + event.getLoggerName(), event.getFormattedMessage());
      }
      bot.stop();
      store(found);
      assertEquals(Map.of(), found);
    } finally {
      bot.close();
      receiver.close();
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

  private void runbook() {
    try {
      Files.writeString(folder.resolve("own"), OWN);
      Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
      Files.writeString(runbooks.resolve("fix.yaml"), RUNBOOK.replace("RECEIVER", receiver.url()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every canary in some field of a form; names of fields are the sender's too. */
  private void forms(String room) {
    bot.advance(Duration.ofSeconds(11));
    JsonNode asked = http.ask("ada", room, "/incident update");
    String update = asked.path("card").path("form").path("token").asText();
    assertFalse(update.isEmpty(), asked.toString());
    Map<String, String> values = new LinkedHashMap<>();
    asked
        .path("card")
        .path("form")
        .path("fields")
        .forEach(f -> values.put(f.path("name").asText(), canaries.get(values.size()).text()));
    canaries.forEach(canary -> values.put(canary.text(), canary.text()));
    http.submit("ada", update, values);
    JsonNode declare = http.ask("li", "general", "/incident declare " + canaries.get(13).text());
    String token = declare.path("card").path("form").path("token").asText();
    assertFalse(token.isEmpty(), declare.toString());
    String title = "leaked " + canaries.get(2).text();
    http.submit("li", token, Map.of("title", title, "severity", "SEV4"));
    http.until(
        "declared by form", () -> http.get("/api/v1/incidents").body().contains("leaked aws"));
  }

  /** What targets answer at once and report later, in values and in names. */
  private void calls(String room) {
    receiver.answers(200, BotHttp.write(answer(0)));
    String given = "/incident runbook fix note=\"" + canaries.get(0).text() + "\"";
    String refused = BotHttp.words(http.ask("ada", room, given));
    assertTrue(refused.contains("looks like a secret"), refused);
    http.ask("ada", room, "/incident runbook fix note=x");
    http.message("ada", room, "It said somebody pasted [redacted aws key] here and ****.");
    receiver.answers(500, BotHttp.write(answer(1)));
    http.ask("ada", room, "/incident runbook fix note=x");
    http.entry("INC-1", "ada", "step_outcome_unknown");
    bot.settle();
    String hook = receiver.calls().get(1).headers().get("x-muster-callback");
    Map<String, String> outputs = answer(2);
    outputs.put("far", "x ".repeat(240) + OWN);
    Map<String, Object> late =
        Map.of(
            "status",
            "failed",
            "message",
            "with " + OWN + ": " + canaries.get(14).text(),
            "outputs",
            outputs);
    assertEquals(202, http.post(URI.create(hook).getPath(), late).status());
    String reason = http.entry("INC-1", "ada", "step_failed").path("reason").asText();
    assertTrue(reason.contains("it failed: with ****: "), reason);
    bot.settle();
  }

  /** One secret crosses the place where long outputs are cut. */
  private Map<String, String> answer(int turn) {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("k0", canaries.get(0).text());
    said.put("echo", OWN);
    said.put("long", "x ".repeat(240 + turn) + canaries.get(11).text());
    for (int i = 0; i < canaries.size() && said.size() < 99; i++) {
      said.put("k" + i, canaries.get(i).text());
    }
    said.put(canaries.get(turn).secret(), "of a name");
    return said;
  }

  /** What is carried away: the timeline as a file, the archive of an incident, a copy of all. */
  private void exports(Map<String, Set<String>> found, String room) throws IOException {
    bot.advance(Duration.ofSeconds(11));
    http.say("ada", room, "/incident timeline export");
    bot.settle();
    JsonNode file = http.message("ada", "general", "the file", m -> m.path("files").has(0));
    String id = file.path("files").path(0).path("id").asText();
    String exported = http.get("/api/v1/chat/files/" + id + "?as=ada").body();
    assertTrue(exported.contains("[redacted"), exported);
    note(found, "timeline export", exported);
    String config = folder.resolve("bot.yaml").toString();
    Path zip = folder.resolve("out.zip");
    Shell.Ended ended = Shell.run("export", "INC-1", "--out", zip.toString(), "--config", config);
    assertEquals(0, ended.code(), ended.err());
    note(found, "words of export", ended.out() + ended.err());
    int parts = 0;
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry part = in.getNextEntry(); part != null; part = in.getNextEntry()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        note(found, "archive " + part.getName(), text);
        parts += text.contains("[redacted") ? 1 : 0;
      }
    }
    assertTrue(parts >= 3, "the archive is without the words around the secrets: " + parts);
    Path copy = folder.resolve("copy.db");
    ended = Shell.run("backup", copy.toString(), "--config", config);
    assertEquals(0, ended.code(), ended.err());
    note(found, "copy", Files.readString(copy, StandardCharsets.ISO_8859_1));
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
    if (text.contains("iron \"door") || text.contains("iron \\\"door")) {
      found.computeIfAbsent(where, w -> new TreeSet<>()).add("the runbook's own");
    }
  }
}
