// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.chat.spi.BoundedJson;
import java.io.IOException;
import java.util.Optional;

/** JSON as we store and send it: absent values are null and never left out. Thread-safe. */
final class Json {

  private static final int LONGEST_TEXT = 256 * 1024;

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What strangers send is read strictly and within bounds. */
  private final BoundedJson bounded = new BoundedJson(LONGEST_TEXT);

  /** Writes a record of ours. */
  String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of ours cannot be written as JSON", e);
    }
  }

  /** Reads a record we have written. */
  <T> T read(String text, Class<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
    }
  }

  /** Reads a JSON object that somebody sent; empty when it is none, or beyond the bounds. */
  Optional<JsonNode> object(byte[] body) {
    try {
      return Optional.of(bounded.read(body)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
