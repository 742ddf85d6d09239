// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.chat.Answer;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.slack.fake.Signed;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoils recorded deliveries in seeded ways. Signed by Slack, each is taken or refused and breaks
 * nothing; with anything at all wrong about its signature, it reaches nobody.
 */
class RequestsGeneratedTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> EVENTS =
      List.of("event-message.json", "event-message-message_changed.json");
  private static final List<String> HANDS = List.of("block_actions.json", "view_submission.json");

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final AtomicInteger heard = new AtomicInteger();
  @TempDir Path folder;
  private TestRuntime runtime;
  private ChatPlatform adapter;

  @BeforeEach
  void open() {
    runtime = new TestRuntime(clock, memory, folder);
    adapter =
        new SlackPlatformFactory()
            .create(Worlds.settings("http://127.0.0.1:1/api/"), this::hear, runtime);
  }

  private Receipt hear(Delivery delivery) {
    heard.incrementAndGet();
    return new Receipt.Stored(
        "d1", false, CompletableFuture.completedFuture(new Answer.Accepted()));
  }

  @AfterEach
  void close() {
    adapter.close();
    runtime.close();
  }

  @Test
  void requests_someGenerated_areTakenOrRefused() {
    GeneratedCases.some("slack-requests", 200, this::request);
  }

  @Test
  @Tag("proof")
  void requests_generatedForLong_areTakenOrRefused() {
    GeneratedCases.forLong("slack-requests", 353_705_840_196L, 17_000, this::request);
  }

  private void request(Garble garble) {
    boolean event = garble.onceIn(2);
    String body = event ? garble.spoiledJson(recorded(garble.oneOf(EVENTS))) : byHand(garble);
    byte[] bytes =
        garble.onceIn(6)
            ? garble.spoiled(body.getBytes(StandardCharsets.UTF_8))
            : body.getBytes(StandardCharsets.UTF_8);
    String type = event ? Signed.JSON : Signed.FORM;
    String genuine = Signed.signature(bytes, clock.instant(), Signed.SECRET);
    int status = status(type, bytes, genuine);
    assertTrue(List.of(200, 400, 413).contains(status), () -> "status " + status);
    int before = heard.get();
    String forged = garble.spoiled(genuine);
    if (!forged.equals(genuine)) {
      int refused = status(type, bytes, forged);
      boolean probe = new String(bytes, StandardCharsets.ISO_8859_1).contains("ssl_check=1");
      assertTrue(refused == 401 || probe, () -> "a forged request gave " + refused);
    }
    assertEquals(before, heard.get(), "a forged request was heard");
  }

  private int status(String type, byte[] body, String signature) {
    return TestRequest.status(runtime.call(Signed.request(type, body, clock.instant(), signature)));
  }

  private static String byHand(Garble garble) {
    UnaryOperator<String> encode = text -> URLEncoder.encode(text, StandardCharsets.UTF_8);
    if (garble.onceIn(2)) {
      return "payload=" + encode.apply(garble.spoiledJson(recorded(garble.oneOf(HANDS))));
    }
    String command =
        read(recorded("command.json")).properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().asText()))
            .entrySet()
            .stream()
            .map(e -> e.getKey() + "=" + encode.apply(value(garble, e.getValue())))
            .collect(Collectors.joining("&"));
    return garble.onceIn(2) ? garble.spoiled(command) : command;
  }

  private static String value(Garble garble, String honest) {
    return garble.onceIn(4) ? garble.hostile() : honest;
  }

  private static String recorded(String name) {
    try (InputStream in =
        RequestsGeneratedTest.class.getResourceAsStream("/fixtures/slack/" + name)) {
      JsonNode recorded = JSON.readTree(in);
      return (recorded.has("body") ? recorded.get("body") : recorded).toString();
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
