// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafePatternTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)[a-\\x{10FFFF}]",
        "(?i)x[+-\uFFFF]",
        "(?im)\u1C80",
        "(?P<title>(?i:\\x{1c88}))",
        "(?i)[\\x{000000001C00}-\\x{1CFF}]"
      })
  void lettersThatCannotBeCompared_withoutCase_areRefusedAtOnce(String text) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> assertTimeoutPreemptively(Duration.ofSeconds(60), () -> SafePattern.parse(text)));

    assertTrue(refused.getMessage().contains("U+1C80"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[a-\\x{10FFFF}]*(?P<t>down)",
        "(?i)[^\\s(|]* *(?P<t>DOWN)",
        "(?i)[а-яё]* *[^a-b]*(?P<t>Down)",
        "(?i)\\p{L}* *[一-龥]*.*(?P<t>dOwn)"
      })
  void otherPatterns_areTaken(String text) {
    assertEquals(Map.of("t", "down"), SafePattern.parse(text).find("Проверка down").orElseThrow());
  }
}
