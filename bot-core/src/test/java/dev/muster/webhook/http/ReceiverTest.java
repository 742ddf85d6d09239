// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.webhook.WebhookRequest;
import dev.muster.webhook.WebhookResult;
import dev.muster.webhook.WebhookResult.Answered;
import dev.muster.webhook.WebhookResult.Unknown;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example receiver is started as its documentation says and called as a runbook calls. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReceiverTest {

  private static final String READY = "Receiver is ready at ";

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void receiver_calledTwiceWithOneKey_doesItOnce() throws IOException {
    BufferedReader output = start();
    String origin = origin(output);

    Answered first = assertInstanceOf(Answered.class, call(origin, "key-1"));
    Answered second = assertInstanceOf(Answered.class, call(origin, "key-1"));
    Answered other = assertInstanceOf(Answered.class, call(origin, "key-2"));

    assertEquals("1", first.outputs().get("run"));
    assertEquals("1", second.outputs().get("run"));
    assertEquals("2", other.outputs().get("run"));
    assertTrue(output.readLine().endsWith(" POST /rollback"));
    assertEquals("  Idempotency-Key: key-1", output.readLine());
    assertEquals("  {\"version\": \"1.4\"}", output.readLine());
    assertTrue(output.readLine().endsWith("(repeat, not done again)"));
  }

  @Test
  void receiver_losingReplies_leavesTheOutcomeUnknownUntilCalledAgain() throws IOException {
    String origin = origin(start("--lose-reply"));

    assertInstanceOf(Unknown.class, call(origin, "key-1"));

    assertInstanceOf(Answered.class, call(origin, "key-1"));
  }

  private BufferedReader start(String... options) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path source = Path.of("examples", "receiver", "Receiver.java");
    List<String> command = new ArrayList<>(List.of(java.toString(), source.toString()));
    command.addAll(List.of("--port", "0"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of(System.getProperty("muster.root", "..")).toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(process);
    return process.inputReader(StandardCharsets.UTF_8);
  }

  private static String origin(BufferedReader output) throws IOException {
    String line = output.readLine();
    assertTrue(line != null && line.startsWith(READY), line);
    return line.substring(READY.length());
  }

  private static WebhookResult call(String origin, String key) {
    WebhookRequest request =
        new WebhookRequest(
            "POST",
            origin + "/rollback",
            Map.of("Idempotency-Key", key),
            "{\"version\": \"1.4\"}",
            Duration.ofSeconds(30),
            Map.of("state", "done"));
    try (OutboundHttp http = new OutboundHttp()) {
      return http.forRunbooks(() -> List.of(origin), ref -> Optional.empty()).call(request);
    }
  }
}
