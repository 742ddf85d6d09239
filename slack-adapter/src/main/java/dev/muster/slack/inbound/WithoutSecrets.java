// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Makes the copy of a payload that may be stored: everything but what grants access. Pure. */
final class WithoutSecrets {

  private static final List<String> GRANTS =
      List.of("token", "response_url", "response_urls", "trigger_id", "bot_access_token");

  private WithoutSecrets() {}

  /** Returns the payload's bytes without tokens, reply addresses and triggers. */
  static byte[] of(JsonNode payload) {
    ObjectNode copy = payload.deepCopy();
    copy.remove(GRANTS);
    return copy.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a command's fields likewise, as JSON. */
  static byte[] of(Map<String, String> fields) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    fields.forEach(copy::put);
    return of(copy);
  }
}
