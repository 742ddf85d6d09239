// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Iterator;
import java.util.Map;

/** Writes JSON for reading: what fits on a line stands on one. Pure. */
final class JsonLines {

  private static final int WIDTH = 140;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final StringBuilder out = new StringBuilder();

  private JsonLines() {}

  /** Returns the same JSON in other lines. */
  static String of(String json) {
    JsonLines lines = new JsonLines();
    try {
      lines.write(MAPPER.readTree(json), "");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
    return lines.out.toString();
  }

  private void write(JsonNode node, String indent) {
    String whole = node.toString();
    if (!node.isContainerNode() || indent.length() + whole.length() <= WIDTH) {
      out.append(whole);
      return;
    }
    out.append(node.isArray() ? '[' : '{');
    String deeper = indent + " ";
    if (node.isArray()) {
      for (Iterator<JsonNode> each = node.iterator(); each.hasNext(); ) {
        out.append('\n').append(deeper);
        write(each.next(), deeper);
        out.append(each.hasNext() ? "," : "");
      }
    } else {
      members(node, deeper);
    }
    out.append('\n').append(indent).append(node.isArray() ? ']' : '}');
  }

  private void members(JsonNode node, String indent) {
    for (Iterator<Map.Entry<String, JsonNode>> all = node.properties().iterator();
        all.hasNext(); ) {
      Map.Entry<String, JsonNode> each = all.next();
      out.append('\n').append(indent).append('"').append(each.getKey()).append("\": ");
      write(each.getValue(), indent);
      out.append(all.hasNext() ? "," : "");
    }
  }
}
