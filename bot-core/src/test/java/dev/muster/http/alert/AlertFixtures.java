// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.http.alert.AlertBody.Decoded;
import dev.muster.http.alert.AlertBody.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Recorded calls of a real Alertmanager, and shorthands to decode bodies. */
final class AlertFixtures {

  static final Instant NOW = Instant.parse("2026-11-20T15:52:00Z");

  private AlertFixtures() {}

  /** Returns the recorded call: method, path, headers, body. */
  static JsonNode call(String name) {
    String path = "/fixtures/alertmanager/" + name + ".json";
    try (InputStream in = AlertFixtures.class.getResourceAsStream(path)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] body(String name) {
    return utf8(call(name).get("body").toString());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Decoded decoded(AlertDecoder decoder, byte[] body) {
    return decoder
        .decode("am", body, NOW)
        .match(
            ok -> ok,
            refused -> {
              throw new AssertionError(refused.sentence());
            });
  }

  static Refused refused(AlertDecoder decoder, byte[] body) {
    return decoder
        .decode("am", body, NOW)
        .match(
            ok -> {
              throw new AssertionError("was taken: " + ok);
            },
            refused -> refused);
  }
}
