// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON from outside is one value within bounds, or nothing. */
class BoundedJsonTest {

  private final BoundedJson json = new BoundedJson(100);

  static Stream<String> refused() {
    return Stream.of(
        "",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "{\"a\":",
        "[".repeat(65) + "]".repeat(65),
        "1".repeat(65),
        "\"" + "x".repeat(101) + "\"",
        "[" + withKeys(2_001) + "]");
  }

  private static String withKeys(int many) {
    return IntStream.range(0, many)
        .mapToObj(i -> "\"k" + i + "\":0")
        .collect(Collectors.joining(",", "{", "}"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void value_beyondABound_isRefusedAsTextAndAsBytes(String text) {
    assertThrows(IOException.class, () -> json.read(text));
    assertThrows(IOException.class, () -> json.read(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void value_atEveryBound_isRead() throws IOException {
    assertEquals(2_000, json.read(withKeys(2_000)).size());
    assertEquals(100, json.read("\"" + "x".repeat(100) + "\"").asText().length());
    assertEquals(1, json.read("[".repeat(64) + "]".repeat(64)).size());
  }

  @Test
  void refusal_ofWordsOfSomebody_doesNotRepeatThem() {
    IOException refused =
        assertThrows(
            IOException.class, () -> json.read("{\"said\": \"hush\", \"said\": \"hush\"}"));

    assertFalse(refused.getMessage().contains("hush"), refused.getMessage());
  }
}
