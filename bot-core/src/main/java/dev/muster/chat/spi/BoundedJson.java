// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads JSON from outside the one way that cannot be read differently elsewhere: no name twice in
 * an object, nothing behind the document, bounded in depth, breadth and length. What is refused
 * says where, and never what stands there. Thread-safe.
 */
public final class BoundedJson {

  /** The deepest true payloads, rich text in windows, stay below 30. */
  private static final int DEEPEST = 64;

  private static final int LONGEST_NUMBER = 64;

  /** Far beyond any true payload, whose broadest objects are the fields of a form. */
  private static final int MOST_KEYS = 2_000;

  private final JsonMapper mapper;

  /**
   * Creates a reader.
   *
   * @param longestText how many characters one text may have
   */
  public BoundedJson(int longestText) {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxNumberLength(LONGEST_NUMBER)
            .maxStringLength(longestText)
            .build();
    this.mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(bounds)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /**
   * Reads one value.
   *
   * @throws IOException when the bytes are not exactly one JSON value within the bounds
   */
  public JsonNode read(byte[] bytes) throws IOException {
    return bounded(mapper.readTree(bytes));
  }

  /**
   * Reads one value.
   *
   * @throws JsonProcessingException when the text is not exactly one JSON value within the bounds
   */
  public JsonNode read(String text) throws JsonProcessingException {
    return bounded(mapper.readTree(text));
  }

  private static JsonNode bounded(JsonNode node) throws JsonProcessingException {
    if (node == null || node.isMissingNode()) {
      throw new JsonParseException(null, "no JSON value");
    }
    if (hasTooManyKeys(node)) {
      throw new JsonParseException(null, "an object with more than " + MOST_KEYS + " keys");
    }
    return node;
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
}
