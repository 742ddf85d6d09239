// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Calls the chat's HTTP interface as a program would, without a server. */
final class ChatCaller {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestRuntime runtime;

  ChatCaller(TestRuntime runtime) {
    this.runtime = runtime;
  }

  /** An answer. */
  record Answered(int status, JsonNode body) {
    String id() {
      return body.path("id").asText();
    }
  }

  Answered send(String method, String target, Map<String, ?> body) {
    return send(method, target, body, Map.of());
  }

  Answered send(String method, String target, Map<String, ?> body, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.putIfAbsent("Content-Type", "application/json");
    return send(TestRequest.of(method, "/api/v1/chat/" + target, headers, bytes(body)));
  }

  Answered get(String target) {
    return send(TestRequest.of("GET", "/api/v1/chat/" + target, Map.of(), new byte[0]));
  }

  Answered send(TestRequest request) {
    RouteAnswer answer = runtime.call(request);
    try {
      return new Answered(
          TestRequest.status(answer), JSON.readTree(((RouteAnswer.Bytes) answer).body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
