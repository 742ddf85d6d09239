// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.BoundedJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what Slack sends as JSON: strict UTF-8, within bounds, and whole characters alone.
 * Thread-safe.
 */
public final class StrictJson {

  /** Slack's longest texts are messages of 40,000 characters. */
  private static final int LONGEST_TEXT = 256 * 1024;

  private static final String ESCAPE = "\\u";
  private static final Pattern HALF_A_PAIR = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private static final BoundedJson BOUNDED = new BoundedJson(LONGEST_TEXT);

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
      JsonNode node = BOUNDED.read(text);
      boolean whole = !text.contains(ESCAPE) || !HALF_A_PAIR.matcher(text).find();
      return !node.isObject()
          ? Optional.empty()
          : Optional.of(whole ? node : BOUNDED.read(mended(node.toString())));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
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
