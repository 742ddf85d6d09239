// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.sql.TakenOut.Extent;
import dev.muster.store.sql.TakenOut.Phrase;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakenOutTest {

  private static TakenOut anywhere(String words) {
    return new TakenOut(List.of(new Phrase(words, "[x]", Extent.ANYWHERE)));
  }

  @Test
  void plainText_inAnyCaseAndSpacing_isTakenOut() {
    TakenOut out = anywhere("iron Door 77");

    assertEquals("say [x]!", out.of("say IRON\n  door 77!"));
    assertEquals("nothing", out.of("nothing"));
  }

  @Test
  void charactersWithOtherSpellings_areTakenOut() {
    TakenOut out = anywhere("a<b & \"c\" d\\e");

    assertEquals("[x]", out.of("a<b & \"c\" d\\e"));
    assertEquals("[x]", out.of("a&lt;b &amp; &quot;c&quot; d\\e"));
    assertEquals("[x]", out.of("a<b & \\\"c\\\" d\\\\e"));
  }

  @Test
  void json_keepsItsShape_evenWhereAnEscapeStandsBefore() {
    TakenOut out = anywhere("nfoo");

    assertEquals("{\"a\":\"b\\nfoo\"}", out.of("{\"a\":\"b\\nfoo\"}"));
    assertEquals("{\"a\":\"\\\\[x]\",\"x\":1.50}", out.of("{\"a\":\"\\\\nfoo\",\"nfoo\":1.50}"));
    assertEquals("[\"{\\\"q\\\":\\\"x\\\"}\"]", out.of("[\"{\\\"q\\\":\\\"nfoo\\\"}\"]"));
  }

  @Test
  void textThatWasCutOff_losesTheBeginningOfTheWords() {
    TakenOut out = anywhere("correct horse battery");

    assertEquals("he said [x]…", out.of("he said correct horse ba…"));
    assertEquals("he said [x]… and [x]…", out.of("he said correct… and Correct h…"));
    assertEquals("he said corr…", out.of("he said corr…"));
  }

  @Test
  void name_staysOne() {
    assertEquals("inc-1-x-down", anywhere("secret").of("inc-1-secret-down"));
    assertEquals("Inc-1-[x]-down", anywhere("secret").of("Inc-1-secret-down"));
  }

  @Test
  void extent_keepsOtherWords() {
    TakenOut words = new TakenOut(List.of(new Phrase("ada", "x", Extent.WHOLE_WORDS)));
    TakenOut text = new TakenOut(List.of(new Phrase("done", "x", Extent.WHOLE_TEXT)));

    assertEquals("x adapts @x.", words.of("Ada adapts @ada."));
    assertEquals("{\"a\":\"x\",\"b\":\"done it\"}", text.of("{\"a\":\" done\",\"b\":\"done it\"}"));
  }

  @Test
  void everyValueThatHoldsTheWords_holdsTheNeedle() {
    TakenOut out = anywhere("a-b \"Hunter77\"");

    assertEquals(List.of("hunter77"), out.needles());
    assertEquals(
        List.of("hun"),
        anywhere("a-hunter77").hints().stream().map(h -> h.substring(0, 3)).toList());
    assertTrue(out.isIn("xa-b \\\"HUNTER77\\\""));
    assertFalse(out.isIn("a-b hunter77"));
    assertEquals(List.of("пароль"), anywhere("пароль один").needles());
  }
}
