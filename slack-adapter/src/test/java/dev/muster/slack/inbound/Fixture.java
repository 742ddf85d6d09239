// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Reads recorded deliveries and writes their bodies the way they are sent. */
final class Fixture {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Fixture() {}

  /** Returns a recorded body. */
  static JsonNode body(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream("/fixtures/slack/" + name)) {
      JsonNode recorded = MAPPER.readTree(in);
      return recorded.has("body") ? recorded.get("body") : recorded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a JSON text. */
  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a command's fields as a form. */
  static String form(JsonNode fields) {
    return fields.properties().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue().asText()))
        .collect(Collectors.joining("&"));
  }

  /** Returns a payload as a form. */
  static String payload(JsonNode payload) {
    return "payload=" + encoded(payload.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
