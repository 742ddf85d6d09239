// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** One Web API call as the stand-in received it. */
public record Call(String method, Map<String, String> arguments) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Keeps an unmodifiable copy. */
  public Call {
    arguments = Map.copyOf(arguments);
  }

  /** Returns an argument; empty text when it was not given. */
  public String get(String name) {
    return arguments.getOrDefault(name, "");
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(arguments.get(name)).filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    return get(name).equals("true") || get(name).equals("1");
  }

  /** Returns an argument that holds JSON. */
  public JsonNode json(String name) {
    return parse(get(name));
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SlackError("invalid_json");
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
