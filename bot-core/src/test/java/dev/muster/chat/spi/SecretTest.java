// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SecretTest {

  private record Holder(Secret token) {}

  @Test
  void secret_printedInARecord_showsStarsOnly() {
    String printed = new Holder(Secret.of("xoxb-1")).toString();

    assertFalse(printed.contains("xoxb"), printed);
    assertTrue(printed.contains("****"), printed);
  }

  @Test
  void secret_ofAnyLength_printsTheSame() {
    assertEquals(Secret.of("a").toString(), Secret.of("a much longer one").toString());
  }

  @Test
  void secret_blank_matchesNothing() {
    assertTrue(Secret.blank().isBlank());
    assertFalse(Secret.blank().matches(""));
    assertFalse(Secret.of("  ").matches("  "));
  }

  @Test
  void secret_sameText_isEqualAndMatches() {
    assertEquals(Secret.of("ä-key"), Secret.of("ä-key"));
    assertEquals(Secret.of("ä-key").hashCode(), Secret.of("ä-key").hashCode());
    assertNotEquals(Secret.of("ä-key"), Secret.of("ä-kez"));
    assertTrue(Secret.of("ä-key").matches("ä-key"));
    assertFalse(Secret.of("ä-key").matches("ä-ke"));
  }
}
