// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.BoundedJson;
import java.io.IOException;

/** Reads what Microsoft sends as JSON, within bounds, and makes what is sent. Thread-safe. */
public final class Json {

  /** Far beyond any text of an activity, a card or a message. */
  private static final BoundedJson BOUNDED = new BoundedJson(1_000_000);

  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws IOException when the bytes are not exactly one JSON value within the limits
   */
  public static JsonNode read(byte[] bytes) throws IOException {
    return BOUNDED.read(bytes);
  }

  /** Reads one JSON value; an empty object when there is none. */
  public static JsonNode readOrEmpty(byte[] bytes) {
    try {
      return read(bytes);
    } catch (IOException e) {
      return object();
    }
  }

  /** Returns the tree of a value that the SDK made of plain maps, lists and scalars. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** Returns an empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Returns an empty list. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** Returns the bytes of a tree. */
  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of ours could not be written", e);
    }
  }
}
