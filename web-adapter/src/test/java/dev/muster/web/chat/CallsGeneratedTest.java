// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a program sends to the chat's interface, it is taken or refused in a sentence. */
final class CallsGeneratedTest {

  private static final String ROOT = "/api/v1/chat/";
  private static final List<String> POSTS = List.of("messages", "presses", "forms");
  private static final String BODY =
      "{\"user\":\"ada\",\"channel\":\"general\",\"text\":\"hello @li <@web:li>\",\"thread\":null,"
          + "\"token\":\"t1\",\"values\":{\"title\":\"x\"},\"name\":\"+1\"}";
  private static final String FILE =
      "--b\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nada\r\n"
          + "--b\r\nContent-Disposition: form-data; name=\"channel\"\r\n\r\ngeneral\r\n"
          + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
          + "Content-Type: text/plain\r\n\r\nwords\r\n--b--\r\n";

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  @TempDir private Path folder;
  private TestRuntime runtime;
  private ChatPlatform platform;

  @BeforeEach
  void startTheChat() {
    runtime = new TestRuntime(clock, memory, folder);
    platform =
        new WebChatPlatformFactory()
            .create(new WebChatConfig(List.of()), CallsGeneratedTest::heard, runtime);
    platform.start();
  }

  @AfterEach
  void stopTheChat() {
    platform.close();
    runtime.close();
  }

  private static Receipt heard(Delivery delivery) {
    return new Receipt.Stored(
        "d1", false, CompletableFuture.completedFuture(new Answer.Accepted()));
  }

  @Test
  void calls_someGenerated_areTakenOrRefused() {
    GeneratedCases.some("chat-calls", 400, this::call);
  }

  @Test
  @Tag("proof")
  void calls_generatedForLong_areTakenOrRefused() {
    GeneratedCases.forLong("chat-calls", 355_533_207_504L, 20_000, this::call);
  }

  private void call(Garble garble) {
    RouteAnswer answer = runtime.call(request(garble));
    int status = TestRequest.status(answer);
    assertTrue(status >= 200 && status < 500, () -> "status " + status);
    if (answer instanceof RouteAnswer.Bytes bytes && status >= 400) {
      assertTrue(bytes.body().length < 2_000, "an endless sentence");
    }
  }

  private static TestRequest request(Garble garble) {
    return switch (garble.below(5)) {
      case 0, 1 ->
          TestRequest.of(
              "POST",
              ROOT + garble.oneOf(POSTS),
              Map.of("Content-Type", "application/json"),
              garble.spoiledJson(BODY).getBytes(StandardCharsets.UTF_8));
      case 2 ->
          new TestRequest(
              "GET",
              ROOT + "channels/general/messages",
              Map.of(
                  "as", garble.onceIn(2) ? "ada" : garble.hostile(),
                  "after", garble.hostile(),
                  "limit", garble.onceIn(2) ? "10" : garble.hostile()),
              Map.of("Idempotency-Key", garble.hostile()),
              new byte[0],
              Map.of());
      case 3 -> {
        String body = garble.spoiled(FILE);
        yield file("multipart/form-data; boundary=b", body.getBytes(StandardCharsets.UTF_8));
      }
      default ->
          file(
              garble.spoiled("multipart/form-data; boundary=b"),
              garble.spoiled(FILE.getBytes(StandardCharsets.UTF_8)));
    };
  }

  private static TestRequest file(String type, byte[] body) {
    return TestRequest.of("POST", ROOT + "files", Map.of("Content-Type", type), body);
  }
}
