// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "' 7 ', 7",
    "0, 1",
    "600, 600",
    "999999999, 600",
    "'Fri, 20 Nov 2026 12:00:30 GMT', 30",
    "'Fri, 20 Nov 2026 11:00:00 GMT', 1",
    "'Sat, 21 Nov 2026 12:00:00 GMT', 600"
  })
  void header_secondsOrDate_isTheWaitWithinBounds(String header, long seconds) {
    assertEquals(Optional.of(Duration.ofSeconds(seconds)), RetryAfter.of(header, NOON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-3", "1.5", "99999999999999", "Fri, 31 Nov 2026 12:00:30 GMT", "٧"})
  void header_broken_namesNoTime(String header) {
    assertEquals(Optional.empty(), RetryAfter.of(header, NOON));
  }

  @Test
  void header_missing_namesNoTime() {
    assertEquals(Optional.empty(), RetryAfter.of(null, NOON));
  }
}
