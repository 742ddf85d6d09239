// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import java.io.IOException;
import java.util.List;

/**
 * One call as the fake sees it.
 *
 * @param method in upper case
 * @param parts the decoded parts of the path
 * @param query the raw query; may be empty
 * @param body the body read as JSON; an empty object when there is none
 */
record Exchange(String method, List<String> parts, String query, JsonNode body) {

  /**
   * What is answered.
   *
   * @param status HTTP status
   * @param body JSON; null for none
   * @param retryAfterSeconds the Retry-After header; 0 for none
   */
  record Reply(int status, JsonNode body, long retryAfterSeconds) {
    Reply(int status, JsonNode body) {
      this(status, body, 0);
    }

    static Reply tooMany(long seconds) {
      Reply error = error(429, "TooManyRequests", "too many");
      return new Reply(429, error.body(), seconds);
    }

    static Reply of(int status, JsonNode body) {
      return new Reply(status, body);
    }

    static Reply error(int status, String code, String message) {
      ObjectNode error = Json.object();
      error.putObject("error").put("code", code).put("message", message);
      return new Reply(status, error);
    }
  }

  /** Reads a call; a body of no bytes is an empty object. */
  static Exchange of(String method, List<String> parts, String query, byte[] body)
      throws IOException {
    JsonNode node = body.length == 0 ? Json.object() : Json.read(body);
    return new Exchange(method, parts, query, node);
  }

  /** Returns whether method and path fit; {@code *} stands for any part. */
  boolean is(String wanted, String... pattern) {
    if (!method.equals(wanted) || parts.size() != pattern.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      if (!pattern[i].equals("*") && !pattern[i].equals(parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  String part(int index) {
    return parts.get(index);
  }
}
