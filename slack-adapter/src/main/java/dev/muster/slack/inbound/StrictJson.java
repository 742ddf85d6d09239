// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads JSON the one way that cannot be read differently elsewhere: UTF-8 alone, no key twice,
 * nothing behind the document, bounded in depth, breadth and length. Thread-safe.
 */
public final class StrictJson {

  /** Slack's deepest payloads, rich text in views, stay below 30. */
  private static final int DEEPEST = 64;

  private static final int LONGEST_NUMBER = 64;

  /** Far beyond any payload of Slack's, whose broadest objects are the fields of a view. */
  private static final int MOST_KEYS = 2_000;

  /** Slack's longest texts are messages of 40,000 characters. */
  private static final int LONGEST_TEXT = 256 * 1024;

  private static final Pattern HALF_A_PAIR = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** Returns the text of strict UTF-8; empty when the bytes are not. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the object in the text; empty when it is anything else. Half a surrogate pair, which no
   * byte of UTF-8 can be but an escape can, becomes the replacement character.
   */
  public static Optional<JsonNode> object(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      boolean whole = !HALF_A_PAIR.matcher(text).find();
      return node == null || !node.isObject() || hasTooManyKeys(node)
          ? Optional.empty()
          : Optional.of(whole ? node : MAPPER.readTree(mended(node.toString())));
    } catch (JsonProcessingException e) {
      return Optional.empty();
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

  /** Returns the text with every half of a surrogate pair replaced. */
  private static String mended(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** Returns the text at a path of keys; empty text when there is none. */
  public static String text(JsonNode node, String... path) {
    JsonNode at = node;
    for (String key : path) {
      at = at.path(key);
    }
    return at.isTextual() ? at.textValue() : "";
  }
}
