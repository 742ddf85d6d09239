// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON that strangers send to the built-in chat, at the bounds and beyond them. */
final class JsonTest {

  private static Optional<JsonNode> read(String text) {
    return new Json().object(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String keys(int many) {
    return IntStream.range(0, many)
        .mapToObj(number -> "\"k" + number + "\":0")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String deep(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  static Stream<Arguments> beyond() {
    return Stream.of(
        Arguments.of("too many keys", keys(2_001)),
        Arguments.of("too many keys within", "{\"x\":[{\"y\":" + keys(2_001) + "}]}"),
        Arguments.of("nested too deeply", "{\"x\":" + deep(64) + "}"),
        Arguments.of("a number without end", "{\"x\":" + "9".repeat(65) + "}"),
        Arguments.of("a text without end", "{\"x\":\"" + "a".repeat(256 * 1024 + 1) + "\"}"),
        Arguments.of("a key twice", "{\"x\":1,\"x\":2}"),
        Arguments.of("a second document", "{}{}"),
        Arguments.of("NaN", "{\"x\":NaN}"),
        Arguments.of("a list", "[]"),
        Arguments.of("null", "null"),
        Arguments.of("nothing", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beyond")
  void object_beyondTheBounds_isNone(String what, String text) {
    assertTrue(read(text).isEmpty(), what);
  }

  @Test
  void object_atTheBounds_isRead() {
    String edge = "{\"x\":" + deep(63) + ",\"k\":" + keys(2_000) + ",\"n\":" + "9".repeat(64) + "}";

    assertEquals(2_000, read(edge).orElseThrow().path("k").size());
  }
}
