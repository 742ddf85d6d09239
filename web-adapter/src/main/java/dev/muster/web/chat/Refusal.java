// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.RouteAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request that is turned down, with the answer its sender gets. */
final class Refusal extends Exception {

  private final int status;
  private final String code;
  private final String sentence;

  Refusal(int status, String code, String sentence) {
    super(code);
    this.status = status;
    this.code = code;
    this.sentence = sentence;
  }

  static Refusal bad(String code, String sentence) {
    return new Refusal(400, code, sentence);
  }

  String code() {
    return code;
  }

  RouteAnswer answer() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", code).put("message", sentence);
    Map<String, String> headers = status == 503 ? Map.of("Retry-After", "1") : Map.of();
    return new RouteAnswer.Bytes(
        status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8), headers);
  }
}
