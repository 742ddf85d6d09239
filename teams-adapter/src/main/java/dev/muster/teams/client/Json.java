// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads and writes JSON strictly: no duplicate names, nothing behind the end, bounded depth,
 * breadth, numbers and strings, so that no later reader can understand the same bytes differently.
 */
public final class Json {

  /** Deeper than any activity or card Teams sends; the default of 1,000 invites stack overflows. */
  private static final int DEPTH = 60;

  /** Far beyond any activity or card Teams sends. */
  private static final int MOST_KEYS = 2_000;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(40)
                          .maxStringLength(1_000_000)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws IOException when the bytes are not exactly one JSON value within the limits
   */
  public static JsonNode read(byte[] bytes) throws IOException {
    JsonNode node = STRICT.readTree(bytes);
    if (node == null || node.isMissingNode()) {
      throw new IOException("no JSON value");
    }
    if (hasTooManyKeys(node)) {
      throw new IOException("an object with more than " + MOST_KEYS + " keys");
    }
    return node;
  }

  /** Reads one JSON value; an empty object when there is none. */
  public static JsonNode readOrEmpty(byte[] bytes) {
    try {
      return read(bytes);
    } catch (IOException e) {
      return object();
    }
  }

  private static boolean hasTooManyKeys(JsonNode node) {
    if (node.isObject() && node.size() > MOST_KEYS) {
      return true;
    }
    for (JsonNode child : node) {
      if (child.isContainerNode() && hasTooManyKeys(child)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the tree of a value that the SDK made of plain maps, lists and scalars. */
  public static JsonNode tree(Object value) {
    return STRICT.valueToTree(value);
  }

  /** Returns an empty object. */
  public static ObjectNode object() {
    return STRICT.createObjectNode();
  }

  /** Returns an empty list. */
  public static ArrayNode array() {
    return STRICT.createArrayNode();
  }

  /** Returns the bytes of a tree. */
  public static byte[] bytes(JsonNode node) {
    try {
      return STRICT.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of ours could not be written", e);
    }
  }
}
