// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Texts by name, as one text. */
final class Fields {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Fields() {}

  static String write(Map<String, String> fields) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written", e);
    }
  }

  /** Returns the texts; none when what stands there is damaged. */
  static Map<String, String> read(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, JsonNode> field : JSON.readTree(text).properties()) {
        fields.put(field.getKey(), field.getValue().asText());
      }
      return fields;
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }
}
