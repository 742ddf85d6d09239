// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing hides in shown text, and cutting tears no sign apart. */
class VisibleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\u202Eb|a\\u202Eb",
        "a\u2066b\u2069|a\\u2066b\\u2069",
        "a\u0000b|a\\u0000b",
        "a\u001B[31mb|a\\u001B[31mb",
        "a\u200Bb|a\\u200Bb",
        "a\uFEFFb|a\\uFEFFb",
        "a\u0085b|a\\u0085b",
        "a\uD83Db|a\uFFFDb",
        "a\uDC00b|a\uFFFDb",
        "naïve 日本 👩‍👩‍👧 plain|naïve 日本 👩‍👩‍👧 plain"
      })
  void text_withSomethingHidden_showsItAsAnEscape(String given, String shown) {
    assertEquals(shown, Visible.text(given));
  }

  @Test
  void everyCharacter_isShownTheSame_whetherItTakesTheShortWayOrTheLong() {
    for (int code = 0; code <= Character.MAX_CODE_POINT; code += code < 0x20000 ? 1 : 509) {
      String text = "a" + Character.toString(code) + "b";
      assertEquals(Visible.cared(text), Visible.text(text));
    }
  }

  @Test
  void lineEnds_areOnlyLineFeeds() {
    assertEquals("a\nb\nc\td\ne", Visible.text("a\r\nb\rc\td\u2028e"));
    assertEquals("a b c", Visible.line(" a \n b\tc\n"));
  }

  @Test
  void wordsFromRightToLeft_areIsolated() {
    assertEquals("by \u2068שלום עולם\u2069 at 14:05", Visible.text("by שלום עולם at 14:05"));
    assertEquals("a \u2068ا 12 ب\u2069 b", Visible.text("a ا 12 ب b"));
  }

  @Test
  void escape_everyCharacterOfUnicode_leavesNoControlEvenAfterFolding() {
    StringBuilder all = new StringBuilder();
    for (int code = 0; code <= Character.MAX_CODE_POINT; code++) {
      if (Character.isDefined(code) && Character.getType(code) != Character.SURROGATE) {
        all.appendCodePoint(code).append('x');
      }
    }
    String folded = Normalizer.normalize(Markup.escape(all.toString()), Normalizer.Form.NFKC);
    assertFalse(folded.contains("<") || folded.contains(">"), "a control is left");
    assertEquals(0, folded.replaceAll("&(amp|lt|gt);", "").chars().filter(c -> c == '&').count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇩🇪", "e\u0301", "1️⃣"})
  void cut_betweenSigns_neverInsideOne(String sign) {
    String text = sign.repeat(60);
    for (int most = 70; most < 120; most++) {
      String cut = Clip.atWord(text, most);
      assertTrue(cut.length() <= most, cut);
      String kept = cut.substring(0, cut.length() - Clip.MARK.length());
      assertEquals(0, kept.length() % sign.length(), () -> "torn: " + kept);
    }
  }

  @Test
  void cut_ofOneEndlessSign_stillEnds() {
    String text = "a" + "\u0301".repeat(5_000);
    assertTrue(Clip.atWord(text, 100).length() <= 100);
    assertTrue(Clip.atWord("🔥".repeat(100), 100).length() > 90);
  }
}
