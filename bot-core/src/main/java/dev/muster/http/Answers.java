// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.RouteAnswer;
import java.util.Map;

/** Makes JSON answers. */
final class Answers {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private Answers() {}

  static RouteAnswer json(int status, JsonNode body) {
    try {
      return RouteAnswer.json(status, JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  static RouteAnswer problem(ApiProblem problem) {
    ObjectNode body = JSON.createObjectNode();
    body.put("error", problem.code());
    body.put("message", problem.message());
    return json(problem.status(), body);
  }

  static RouteAnswer problem(int status, String code, String message) {
    return problem(new ApiProblem(status, code, message));
  }

  /** Returns that something could not be stored now, and when to come again. */
  static RouteAnswer comeAgain() {
    return comeAgain("cannot_store", "This cannot be stored at the moment. Please send it again.");
  }

  /** Returns that something was not taken now, and when to come again. */
  static RouteAnswer comeAgain(String code, String message) {
    RouteAnswer.Bytes problem = (RouteAnswer.Bytes) problem(503, code, message);
    return new RouteAnswer.Bytes(
        503, problem.contentType(), problem.body(), Map.of("Retry-After", "5"));
  }
}
