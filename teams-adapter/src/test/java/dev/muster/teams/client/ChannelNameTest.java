// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.teams.fake.FakeTeams;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wanted name becomes one that Teams takes. */
final class ChannelNameTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "inc-1-checkout,inc-1-checkout",
        "inc-1 Checkout: 50% down?,inc-1 Checkout- 50- down",
        "Größe & Maß!,Größe - Maß",
        "con,incident-con",
        "LPT1,incident-LPT1",
        "_hidden.,hidden",
        "???,incident",
        "..,incident"
      })
  void name_wanted_becomesLegal(String wanted, String legal) {
    assertEquals(legal, ChannelName.of(wanted, 1));
    assertTrue(FakeTeams.isLegalName(legal));
  }

  @Test
  void name_taken_getsItsNumberWithinTheLength() {
    String name = ChannelName.of("a".repeat(80), 12);

    assertEquals(50, name.length());
    assertTrue(name.endsWith("-12"));
  }

  @Test
  void name_anythingAtAll_isLegal() {
    Random random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      StringBuilder wanted = new StringBuilder();
      int length = random.nextInt(90);
      for (int at = 0; at < length; at++) {
        wanted.appendCodePoint(
            random.nextInt(4) == 0 ? random.nextInt(0x1FFFF) : random.nextInt(128));
      }
      String name = ChannelName.of(wanted.toString(), 1 + random.nextInt(3));
      assertTrue(FakeTeams.isLegalName(name), wanted + " became " + name);
    }
  }
}
