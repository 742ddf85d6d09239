// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes texts out of a JSON document. */
final class JsonTexts {

  /** More labels than this on one alert are refused. */
  static final int MAX_LABELS = 256;

  private JsonTexts() {}

  /** Returns a value as text: numbers and truth values as written, everything else empty. */
  static String text(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asText() : "";
  }

  /** Returns an object of plain values as texts; absent is empty; any other shape is none. */
  static Optional<Map<String, String>> texts(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.of(Map.of());
    }
    if (!node.isObject() || node.size() > MAX_LABELS) {
      return Optional.empty();
    }
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isValueNode()) {
        return Optional.empty();
      }
      texts.put(field.getKey(), text(field.getValue()));
    }
    return Optional.of(texts);
  }
}
