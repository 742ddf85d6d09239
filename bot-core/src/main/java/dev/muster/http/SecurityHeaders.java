// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** The headers that every answer carries. */
final class SecurityHeaders {

  private static final String CSP =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static final List<HttpField> ALL =
      List.of(
          new PreEncodedHttpField("Content-Security-Policy", CSP),
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"));

  private SecurityHeaders() {}

  static void put(HttpServletResponse response) {
    ALL.forEach(field -> response.setHeader(field.getName(), field.getValue()));
  }

  static void put(HttpFields.Mutable headers) {
    ALL.forEach(headers::put);
  }
}
