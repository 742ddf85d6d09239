// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes input that no honest sender makes, out of a seed: the same seed gives the same input. What
 * was handed out last is kept, for the message of a test that fails. One thread.
 */
public final class Garble {

  private static final int LONGEST = 200_000;
  private static final int MOST_SHOWN = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What parsers stumble over, whatever their language. */
  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\n",
          "\r\n",
          "\t",
          "\u0000",
          "\u0001",
          "\u001b[31m",
          "\u007f",
          "\u0085",
          "\u200b",
          "\u200d",
          "\u202e",
          "\u2066",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "\ud83d",
          "\ude00",
          "💥",
          "e\u0301",
          "\u0130",
          "\uff1c!channel\uff1e",
          "<!channel>",
          "<@U1>",
          "<@slack:U1>",
          "<at>a</at>",
          "@everyone",
          "&amp;lt;",
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "[a](javascript:alert(1))",
          "![a](http://a.example/x.png)",
          "{{7*7}}",
          "${jndi:ldap://a.example}",
          "${A}",
          "`",
          "```",
          "|",
          "*",
          "_",
          "~",
          "\\",
          "'",
          "\"",
          "=cmd|' /C calc'!A0",
          "../../../etc/passwd",
          "%2e%2e%2f",
          "%",
          "%zz",
          "+",
          "&",
          "=",
          ";",
          ",",
          ":",
          "://",
          "http://[::1]/",
          "http://169.254.169.254/",
          "http://a:b@c/",
          "null",
          "true",
          "0",
          "-0",
          "-1",
          "1e309",
          "NaN",
          "9223372036854775808",
          "0001-01-01T00:00:00Z",
          "+999999999-12-31T23:59:60Z",
          "99:99",
          "PT9223372036854775807S",
          "[",
          "]",
          "{",
          "}",
          "((((((((",
          "(a+)+$",
          "aaaaaaaaaaaaaaaaaaaaaaaa!",
          "--",
          "---\n",
          "- ",
          "# ",
          "> ",
          "| - |",
          "<!--",
          "]]>",
          "&#x0;",
          "INC-0",
          "INC-99999999999999999999");

  private final Random random;
  private final StringBuilder shown = new StringBuilder();

  /** Makes a source of input. */
  public Garble(long seed) {
    this.random = new Random(seed);
  }

  /** Returns a number from 0 on, below {@code bound}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Returns true once in {@code n} times. */
  public boolean onceIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** Returns one of these. */
  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Returns a string that means something to some parser. */
  public String hostile() {
    return oneOf(HOSTILE);
  }

  /** Returns text made of pieces of a language and of hostile strings, now and then a flood. */
  public String text(List<String> pieces) {
    StringBuilder text = new StringBuilder();
    int parts = random.nextInt(14);
    for (int i = 0; i < parts; i++) {
      String piece = onceIn(4) || pieces.isEmpty() ? hostile() : oneOf(pieces);
      text.append(onceIn(150) ? flood(piece) : piece);
      text.append(onceIn(3) ? "" : " ");
    }
    return remember(text.toString());
  }

  /** Returns the text with up to five changes: cut, repeated, mixed up, something put in. */
  public String spoiled(String honest) {
    StringBuilder text = new StringBuilder(honest);
    for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
      change(text);
    }
    return remember(text.toString());
  }

  private void change(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(24));
    switch (random.nextInt(7)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, hostile());
      case 2 -> text.insert(at, (char) random.nextInt(0x10000));
      case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
      case 4 -> text.replace(at, end, hostile());
      case 5 -> text.setLength(onceIn(4) ? at : text.length());
      default -> text.insert(at, onceIn(20) ? flood(text.substring(at, end)) : hostile());
    }
    if (text.length() > LONGEST) {
      text.setLength(LONGEST);
    }
  }

  private String flood(String piece) {
    int length = 1 << (4 + random.nextInt(13));
    return piece.isEmpty() ? "" : piece.repeat(1 + length / piece.length());
  }

  /** Returns the bytes with some changed, cut off or doubled. */
  public byte[] spoiled(byte[] honest) {
    byte[] bytes = honest.clone();
    for (int i = random.nextInt(6); i >= 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    if (onceIn(5)) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length * 2 + 1));
    }
    remember(new String(bytes, StandardCharsets.ISO_8859_1));
    return bytes;
  }

  /** Returns the JSON with values of another nature in it, names doubled, branches grown deep. */
  public String spoiledJson(String honest) {
    try {
      JsonNode root = JSON.readTree(honest);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        List<JsonNode> inner = new ArrayList<>();
        collect(root, inner);
        change(oneOf(inner));
      }
      String written = JSON.writeValueAsString(root);
      return onceIn(6) ? spoiled(written) : remember(written);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the honest input is no JSON: " + honest, e);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> inner) {
    if (node.isContainerNode()) {
      inner.add(node);
      node.forEach(child -> collect(child, inner));
    }
  }

  private void change(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.isEmpty() || onceIn(8) ? hostile() : oneOf(names);
      if (onceIn(5)) {
        object.remove(name);
      } else {
        object.set(name, value(node));
      }
    } else if (node instanceof ArrayNode array) {
      int at = random.nextInt(array.size() + 1);
      if (onceIn(5) && at < array.size()) {
        array.remove(at);
      } else {
        array.insert(at, value(node));
      }
    }
  }

  private JsonNode value(JsonNode around) {
    return switch (random.nextInt(10)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.getNodeFactory().numberNode(random.nextLong());
      case 2 -> JSON.getNodeFactory().numberNode(random.nextGaussian() * 1e300);
      case 3 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 4 -> JSON.createArrayNode().add(hostile()).addNull();
      case 5 -> JSON.createObjectNode().put(hostile(), hostile());
      case 6 -> around.deepCopy();
      case 7 -> deep();
      default -> JSON.getNodeFactory().textNode(onceIn(10) ? flood(hostile()) : hostile());
    };
  }

  private JsonNode deep() {
    JsonNode node = JSON.createArrayNode();
    for (int depth = random.nextInt(120); depth > 0; depth--) {
      node = onceIn(2) ? JSON.createArrayNode().add(node) : JSON.createObjectNode().set("a", node);
    }
    return node;
  }

  private String remember(String text) {
    shown.setLength(0);
    shown.append(text, 0, Math.min(text.length(), MOST_SHOWN));
    return text;
  }

  /** Returns the beginning of what was handed out last. */
  public String last() {
    return shown.toString();
  }
}
