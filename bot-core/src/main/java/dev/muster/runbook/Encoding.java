// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a value is written so that it stays a value in its place. Empty answers mean that the value
 * cannot stand there at all. No answer ever holds <code>${</code>, so what a person typed can never
 * name a secret.
 */
enum Encoding {
  /** A stretch of a path, which cannot be nothing. */
  PATH {
    @Override
    Optional<String> encode(String value) {
      return value.isEmpty() ? Optional.empty() : URL.encode(value);
    }
  },
  /** One value of a query or form. */
  URL {
    @Override
    Optional<String> encode(String value) {
      StringBuilder out = new StringBuilder();
      for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
        char letter = (char) (each & 0xff);
        if (isUnreserved(letter)) {
          out.append(letter);
        } else {
          out.append('%').append(String.format("%02X", each & 0xff));
        }
      }
      return Optional.of(out.toString());
    }
  },
  /** Inside the quotes of a JSON string. */
  JSON_TEXT {
    @Override
    Optional<String> encode(String value) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < value.length(); i++) {
        char letter = value.charAt(i);
        boolean last = i + 1 == value.length();
        boolean mayOpenSecret = letter == '$' && (last || value.charAt(i + 1) == '{');
        if (letter == '"' || letter == '\\') {
          out.append('\\').append(letter);
        } else if (letter < ' ' || mayOpenSecret || isAwkward(letter)) {
          out.append(String.format("\\u%04x", (int) letter));
        } else {
          out.append(letter);
        }
      }
      return Optional.of(out.toString());
    }
  },
  /** A JSON value without quotes: a number, true or false. */
  JSON_BARE {
    @Override
    Optional<String> encode(String value) {
      return BARE_JSON.matcher(value).matches() ? Optional.of(value) : Optional.empty();
    }
  },
  /** The value of a header: printable ASCII in one line. */
  HEADER {
    @Override
    Optional<String> encode(String value) {
      boolean plain = value.chars().allMatch(letter -> letter >= ' ' && letter < 0x7f);
      boolean mayOpenSecret = value.contains("${") || value.endsWith("$");
      return plain && !mayOpenSecret ? Optional.of(value) : Optional.empty();
    }
  },
  /** Text for people; whoever shows it escapes it. */
  TEXT {
    @Override
    Optional<String> encode(String value) {
      return Optional.of(value);
    }
  };

  private static final Pattern BARE_JSON =
      Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?|true|false");

  /** Writes a value for this place. */
  abstract Optional<String> encode(String value);

  private static boolean isUnreserved(char letter) {
    return letter >= 'a' && letter <= 'z'
        || letter >= 'A' && letter <= 'Z'
        || letter >= '0' && letter <= '9'
        || "-._~".indexOf(letter) >= 0;
  }

  /** Lone surrogates are no text, and line separators end strings in JavaScript. */
  private static boolean isAwkward(char letter) {
    return Character.isSurrogate(letter) || letter == '\u2028' || letter == '\u2029';
  }
}
