// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Turns the bytes of a file into text, strictly, and finds what YAML does not allow in it. */
final class Characters {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Characters() {}

  /** Decodes UTF-8, dropping a byte order mark at the start; empty when a byte is wrong. */
  static Optional<String> decode(byte[] bytes, Problems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer decoded = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), decoded, true);
    String text = decoded.flip().toString();
    if (result.isError()) {
      problems.add(
          placeAfter(text, text.length(), problems.file()),
          "",
          "This byte is not UTF-8",
          "Save the file as UTF-8");
      return Optional.empty();
    }
    return Optional.of(withoutMark(text));
  }

  /** Finds the first character that must not stand in a YAML file. */
  static Optional<Place> firstForbidden(String text, String file) {
    for (int i = 0; i < text.length(); i++) {
      if (isForbidden(text.charAt(i))) {
        return Optional.of(placeAfter(text, i, file));
      }
    }
    return Optional.empty();
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** YAML 1.1, section 5.1: printable characters; pairs of surrogates are let through. */
  private static boolean isForbidden(char c) {
    boolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
    boolean control1 = c >= 0x7F && c < 0xA0 && c != 0x85;
    return control || control1 || c >= 0xFFFE || c == BYTE_ORDER_MARK;
  }

  private static Place placeAfter(String text, int index, String file) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Place(file, line, text.codePointCount(lineStart, index) + 1);
  }
}
