// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlainWordsTest {

  @Test
  void text_thatHidesOrTurnsSomething_losesItAndNothingElse() {
    assertEquals("abc", PlainWords.of("a\u202Eb\u2066\u200B\u00ADc\uFEFF"));
    assertEquals("a b\nc\nd\te", PlainWords.of("a\u0007b\r\nc\u0085d\te"));
    assertEquals("a\uFFFDb", PlainWords.of("a\uD83Db"));
  }

  @Test
  void ordinaryText_staysTheSame() {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    for (String text : new String[] {"", "a – b\n\tc", "שלום مرحبا", family}) {
      assertEquals(text, PlainWords.of(text));
      assertTrue(PlainWords.isPlain(text));
    }
  }

  @Test
  void text_thatIsCut_keepsItsLastCharacterWholeOrNotAtAll() {
    String text = "ab\uD83D\uDE00cd";

    assertEquals("ab…", PlainWords.shortened(text, 2));
    assertEquals("ab…", PlainWords.shortened(text, 3));
    assertEquals("ab\uD83D\uDE00…", PlainWords.shortened(text, 4));
    assertEquals(text, PlainWords.shortened(text, 6));
    assertEquals("", PlainWords.begin(text, 0));
    assertEquals("a\uD83D", PlainWords.begin("a\uD83D" + "b", 2), "what was halved before stays");
  }

  @Test
  void name_thatNobodyCouldSee_isTheIdentifier() {
    UserRef ref = new UserRef("slack", "U1");
    assertEquals("U1", new Person(ref, "\u202E\u200B").name());
    assertEquals("eda", new Person(ref, "\u202Eeda").name());
  }
}
