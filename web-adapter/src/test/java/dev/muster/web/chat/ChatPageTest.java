// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's own files: whole, ours alone, and safe under a strict policy. */
final class ChatPageTest {

  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href)=\"(/chat/[^\"]+)\"|from \"\\./([a-z]+\\.js)\"");

  private final KeyedMemory memory = new KeyedMemory();
  @TempDir private Path folder;
  private TestRuntime runtime;

  @BeforeEach
  void createTheChat() {
    runtime = new TestRuntime(ManualClock.atNoon(), memory, folder);
    RecordingInbox inbox = new RecordingInbox(memory);
    new WebChatPlatformFactory().create(new WebChatConfig(List.of()), inbox, runtime);
  }

  @AfterEach
  void endTheRuntime() {
    runtime.close();
  }

  private RouteAnswer.Bytes get(String path, Map<String, String> headers) {
    return (RouteAnswer.Bytes) runtime.call(TestRequest.of("GET", path, headers, new byte[0]));
  }

  private String text(String path) {
    return new String(get(path, Map.of()).body(), UTF_8);
  }

  private List<String> reachable() {
    List<String> paths = new ArrayList<>(List.of("/chat"));
    for (int i = 0; i < paths.size(); i++) {
      Matcher found = REFERENCE.matcher(text(paths.get(i)));
      while (found.find()) {
        String path = found.group(1) != null ? found.group(1) : "/chat/" + found.group(2);
        if (!paths.contains(path)) {
          paths.add(path);
        }
      }
    }
    return paths;
  }

  @Test
  void page_everyFileItNeeds_isServed() {
    List<String> paths = reachable();

    assertTrue(paths.size() > 10, paths.toString());
    for (String path : paths) {
      RouteAnswer.Bytes answer = get(path, Map.of());
      assertEquals(200, answer.status(), path);
      assertTrue(answer.body().length > 100, path);
      assertEquals("nosniff", answer.headers().get("X-Content-Type-Options"), path);
    }
  }

  @Test
  void page_policy_allowsItsOwnFilesAlone() {
    String policy = get("/chat", Map.of()).headers().get("Content-Security-Policy");

    assertTrue(policy.startsWith("default-src 'self';"), policy);
    assertFalse(policy.contains("unsafe"), policy);
  }

  @Test
  void page_hasNoInlineScriptOrStyleAndReadsNoTextAsMarkup() {
    String html = text("/chat");

    assertFalse(html.contains("<style") || html.contains(" style=") || html.contains(" onclick="));
    assertFalse(Pattern.compile("<script(?![^>]*src=)").matcher(html).find());
    for (String path : reachable()) {
      String source = text(path);
      for (String risky :
          List.of("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")) {
        assertFalse(source.contains(risky), path + " uses " + risky);
      }
      assertFalse(path.endsWith(".js") && source.contains("eval("), path);
    }
  }

  @Test
  void page_unchanged_isNotSentAgain() {
    String tag = get("/chat/main.js", Map.of()).headers().get("ETag");

    assertEquals(304, get("/chat/main.js", Map.of("If-None-Match", tag)).status());
  }
}
