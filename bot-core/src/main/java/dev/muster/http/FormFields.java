// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the body of a form. */
final class FormFields {

  private FormFields() {}

  /**
   * Returns the fields by name; of a name that comes twice the first.
   *
   * @throws IllegalArgumentException when the encoding is broken
   */
  static Map<String, String> of(byte[] body) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
