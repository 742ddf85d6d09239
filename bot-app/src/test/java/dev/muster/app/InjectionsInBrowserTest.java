// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link Payloads} in everything that takes words, and every page opened in headless Chromium: no
 * script of theirs runs, nothing of theirs has to be blocked, no element is made of them, nobody
 * else is asked. Skipped where Chromium is not installed.
 */
@Tag("proof")
class InjectionsInBrowserTest {

  private static final int LONGEST_TITLE = 240;

  @TempDir Path folder;

  private final List<String> payloads = Payloads.all();
  private final Map<String, Set<String>> wrong = new LinkedHashMap<>();
  private WatchedBrowser browser;
  private EveryDoor doors;
  private BotHarness bot;
  private BotHttp http;

  @BeforeEach
  void openBrowser() throws IOException {
    browser = new WatchedBrowser();
  }

  @AfterEach
  void stop() {
    browser.close();
    if (doors != null) {
      doors.close();
    }
  }

  @Test
  void payload_inEverythingThatTakesWords_isTextOnEveryPage() throws IOException {
    assertTrue(payloads.size() > 200, payloads.size() + " payloads");
    doors = new EveryDoor(folder, "{{note}} said {{steps.call.said}}");
    bot = doors.bot();
    http = bot.http();
    http.ask("ada", "general", "/incident declare! checkout is down sev2");
    String room = http.channelOf("INC-1", "ada");
    say(room);
    command(room);
    List<String> files = files(room);
    alerts();
    titles();
    bot.settle();

    chat(room);
    pages();
    questions();
    files.forEach(id -> check("/api/v1/chat/files/" + id + "?as=ada", ""));
    runs(room);
    bot.settle();
    check("/chat?as=ada#/" + room, "<b-class=canary> said");
    http.say("ada", room, "/incident resolve fixed");
    bot.settle();
    http.say("ada", room, "/incident close completed");
    http.entry("INC-1", "ada", "postmortem_drafted");
    bot.settle();
    check("/incidents/INC-1/postmortem", "canary(1)");
    check("/incidents/INC-1", "canary(1)");

    assertEquals(Map.of(), wrong);
    assertEquals(Set.of(), browser.foreign(own()));
    assertEquals(0, browser.trapped());
  }

  private String own() {
    return "http://127.0.0.1:" + http.port();
  }

  private void say(String room) {
    for (String payload : payloads) {
      http.say("ada", room, payload);
    }
    String id = http.say("li", room, "harmless");
    Map<String, String> edit = Map.of("user", "li", "text", payloads.get(3));
    assertEquals(202, http.json("PATCH", "/api/v1/chat/messages/" + id, edit).status());
  }

  private void command(String room) {
    List<String> verbs =
        List.of(
            "note ",
            "update ",
            "impact ",
            "action ",
            "task ",
            "timeline add ",
            "identify ",
            "severity sev1 ",
            "no-such-verb ",
            "link https://a.example/ ",
            "postmortem edit factors ",
            "title ");
    List<String> packed = Payloads.packed(LONGEST_TITLE);
    for (int i = 0; i < packed.size(); i++) {
      bot.advance(Duration.ofSeconds(1));
      http.say("ada", room, "/incident " + verbs.get(i % verbs.size()) + line(packed.get(i)));
    }
    http.entry("INC-1", "ada", "status_update_posted");
  }

  /** What targets answer at once, in values and in names, and what they report later. */
  private void runs(String room) {
    List<String> packed = Payloads.packed(LONGEST_TITLE);
    for (int i = 0; i < packed.size(); i++) {
      bot.advance(Duration.ofSeconds(1));
      String said = packed.get(i);
      doors
          .receiver()
          .answers(i % 3 == 2 ? 500 : 200, BotHttp.write(Map.of("said", said, said, said)));
      http.say("ada", room, "/incident runbook fix note=<b-class=canary>");
      int calls = i + 1;
      http.until("call " + calls, () -> doors.receiver().calls().size() >= calls);
      bot.settle();
      if (i % 3 == 2) {
        doors.reports(
            i, Map.of("status", "failed", "message", said, "outputs", Map.of("said", said)));
      }
    }
    http.entry("INC-1", "ada", "step_succeeded");
    http.entry("INC-1", "ada", "step_failed");
  }

  private static String line(String text) {
    return text.replaceAll("[\r\n]", " ");
  }

  private void titles() {
    for (String title : Payloads.packed(LONGEST_TITLE)) {
      bot.advance(Duration.ofSeconds(1));
      http.say("ada", "general", "/incident declare! " + line(title) + " sev3");
    }
  }

  private List<String> files(String room) {
    List<String> names = Payloads.packed(120).subList(0, 40);
    String page = "<html><body><script>canary(1);alert(1)</script>" + payloads.get(3);
    String drawing = "<svg xmlns='http://www.w3.org/2000/svg' onload='canary(1)'/>";
    for (String name : names) {
      upload(room, name + ".txt", "text/plain", "harmless");
    }
    upload(room, "page.html", "text/html", page);
    upload(room, "drawing.svg", "image/svg+xml", drawing);
    upload(room, "page.png", "image/png", page);
    List<String> ids = new ArrayList<>();
    for (var message : http.messages("ada", room)) {
      message.path("files").forEach(file -> ids.add(file.path("id").asText()));
    }
    assertEquals(names.size() + 3, ids.size());
    return ids.subList(ids.size() - 3, ids.size());
  }

  private void upload(String room, String name, String type, String content) {
    StringBuilder body = new StringBuilder();
    Map.of("user", "ada", "channel", room, "text", "a file")
        .forEach((field, value) -> part(body, "name=\"" + field + "\"", "", value));
    String safe = name.replaceAll("[\r\n\u0000]", " ").replace("\\", "\\\\").replace("\"", "\\\"");
    part(body, "name=\"file\"; filename=\"" + safe + "\"", "\r\nContent-Type: " + type, content);
    body.append("--b--\r\n");
    BotHttp.Answered answered =
        http.send(
            "POST",
            "/api/v1/chat/files",
            HttpRequest.BodyPublishers.ofString(body.toString()),
            "Content-Type",
            "multipart/form-data; boundary=b");
    assertEquals(202, answered.status(), answered.body());
  }

  private static void part(StringBuilder body, String disposition, String more, String content) {
    body.append("--b\r\nContent-Disposition: form-data; ").append(disposition).append(more);
    body.append("\r\n\r\n").append(content).append("\r\n");
  }

  private void alerts() {
    List<Map<String, Object>> alerts = new ArrayList<>();
    List<String> packed = Payloads.packed(LONGEST_TITLE);
    for (int i = 0; i < packed.size(); i++) {
      String text = packed.get(i);
      String address = payloads.get(payloads.size() - 1 - i);
      alerts.add(
          Map.of(
              "status",
              "firing",
              "fingerprint",
              "f" + i,
              "labels",
              Map.of("alertname", text, "severity", "critical", "pod", text),
              "annotations",
              Map.of("summary", text, "description", text, "runbook_url", "javascript:canary(1)"),
              "startsAt",
              "2026-11-20T12:00:00Z",
              "generatorURL",
              i % 2 == 0 ? "javascript:canary(1)" : address));
    }
    doors.alerts(alerts);
  }

  private void check(String path, String shown) {
    Set<String> found = browser.open(own() + path, shown);
    if (!found.isEmpty()) {
      wrong.put(path, found);
    }
  }

  private void chat(String room) {
    check("/chat?as=ada#/" + room, "a file");
    browser.await("evil.example");
    check("/chat?as=ada#/general", "canary");
    check("/chat?as=li#/incidents", "canary");
    browser
        .driver()
        .executeScript("window.scrollTo(0, 0); document.getElementById('jump').click()");
    wrong.computeIfAbsent("the list of channels", w -> new TreeSet<>()).addAll(browser.wrong());
    wrong.values().removeIf(Set::isEmpty);
  }

  private void pages() {
    for (String page :
        List.of("/", "/incidents", "/board", "/incidents/INC-1", "/incidents/INC-2")) {
      check(page, "canary");
    }
    for (int i = 3; i < 12; i++) {
      check("/incidents/INC-" + i, "INC-" + i);
      check("/incidents/INC-" + i + "/postmortem", "");
    }
    check("/status", "");
    check("/api/v1/incidents/INC-1/timeline?as=ada&limit=500", "canary");
  }

  private void questions() {
    List<String> asked = Payloads.packed(900);
    for (String text : asked) {
      String q = URLEncoder.encode(text, StandardCharsets.UTF_8);
      check("/incidents?q=" + q + "&status=" + q + "&severity=" + q + "&cursor=" + q, "");
    }
    String few = URLEncoder.encode(asked.get(0), StandardCharsets.UTF_8);
    check("/incidents/INC-1?kind=" + few + "&after=" + few + "&as=" + few, "");
    check("/incidents/" + few.replace("+", "%20"), "");
    check("/nowhere/" + few.replace("+", "%20") + "?as=" + few, "");
    check("/chat?as=" + few + "#/" + few, "");
    check("/chat?as=ada#/<img class=canary src=x onerror=canary(1)>", "");
  }

  /** Without this nobody would know whether the browser sees anything at all. */
  @Test
  void pageThatEscapesNothing_isCaught() throws IOException {
    HttpServer careless =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    careless.createContext(
        "/",
        exchange -> {
          String page =
              "<!doctype html><body><img class=canary src=http://evil.example/i.png>"
                  + "<script>canary(1);alert(1)</script><p style='width:9999px'>wide</p>";
          byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    careless.start();
    try {
      String own = "http://127.0.0.1:" + careless.getAddress().getPort();
      Set<String> found = browser.open(own + "/", "wide");

      for (String what : List.of("ran", "dialog alert", "made img", "style width:9999px")) {
        assertTrue(found.contains(what), what + " in " + found);
      }
      assertTrue(found.toString().contains("sticks out"), found.toString());
      assertTrue(found.contains("asks http://evil.example"), found.toString());
      assertTrue(browser.foreign(own).contains("http://evil.example/i.png"));
      assertTrue(browser.trapped() > 0, "the trap was not asked");
    } finally {
      careless.stop(0);
    }
  }
}
