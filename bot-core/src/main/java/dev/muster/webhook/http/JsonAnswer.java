// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads what a JSON answer says, as far as steps can use it. */
final class JsonAnswer {

  private static final int MOST_OUTPUTS = 100;

  /** More than is kept: whoever looks for secrets in it must see them whole. */
  private static final int LONGEST_OUTPUT = 2_000;

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

  /**
   * Returns the simple values by dotted path, the first hundred.
   *
   * @param masked takes out of a path or a value what nobody may see
   */
  Map<String, String> outputs(UnaryOperator<String> masked) {
    Map<String, String> found = new TreeMap<>();
    collect("", root, found, 0);
    Map<String, String> outputs = new TreeMap<>();
    found.forEach((path, text) -> outputs.put(masked.apply(path), cut(masked.apply(text))));
    return outputs;
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_OUTPUT));
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
      outputs.put(path, node.asText());
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
