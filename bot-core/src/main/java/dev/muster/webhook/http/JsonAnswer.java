// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what a JSON answer says, as far as steps can use it. */
final class JsonAnswer {

  private static final int MOST_OUTPUTS = 100;
  private static final int LONGEST_OUTPUT = 500;
  private static final int DEEPEST = 6;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final JsonNode root;

  private JsonAnswer(JsonNode root) {
    this.root = root;
  }

  /** Reads a body; one that is not JSON says nothing. */
  static JsonAnswer read(String body) {
    try {
      JsonNode root = JSON.readTree(body);
      return new JsonAnswer(root == null ? MissingNode.getInstance() : root);
    } catch (JsonProcessingException e) {
      return new JsonAnswer(MissingNode.getInstance());
    }
  }

  /** Returns whether every path has its wanted value, compared as text. */
  boolean matches(Map<String, String> wanted) {
    return wanted.entrySet().stream().allMatch(each -> has(each.getKey(), each.getValue()));
  }

  /** Returns the simple values by dotted path, the first hundred. */
  Map<String, String> outputs() {
    Map<String, String> outputs = new TreeMap<>();
    collect("", root, outputs, 0);
    return outputs;
  }

  private boolean has(String path, String value) {
    JsonNode node = root;
    for (String key : path.replaceFirst("^\\$?[./]?", "").split("[./]")) {
      boolean index = node.isArray() && INDEX.matcher(key).matches();
      node = index ? node.path(Integer.parseInt(key)) : node.path(key);
    }
    return node.isValueNode() && node.asText().equals(value);
  }

  private static void collect(String path, JsonNode node, Map<String, String> outputs, int depth) {
    if (node.isValueNode() && !path.isEmpty() && outputs.size() < MOST_OUTPUTS) {
      String text = node.asText();
      outputs.put(path, text.substring(0, Math.min(text.length(), LONGEST_OUTPUT)));
    }
    if (!node.isObject() || depth >= DEEPEST) {
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (KEY.matcher(field.getKey()).matches()) {
        String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        collect(below, field.getValue(), outputs, depth + 1);
      }
    }
  }
}
