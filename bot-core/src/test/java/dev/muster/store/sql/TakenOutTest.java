// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.sql.TakenOut.Extent;
import dev.muster.store.sql.TakenOut.Phrase;
import java.util.List;
import java.util.Set;
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
  void nameOfAChannel_losesTheWordsAsTheyAreWrittenThere() {
    TakenOut out = anywhere("Projekt Blaubär!");

    assertEquals("see #inc-2-x-leaked", out.of("see #inc-2-projekt-blaubar-leaked"));
    assertEquals("inc-2-x", out.of("inc-2-projekt-blaubar"));
    assertEquals("inc-2-customers-see-all-of-x", out.of("inc-2-customers-see-all-of-projekt"));
    assertEquals("inc-2-a-projekt", out.of("inc-2-a-projekt"));
    assertEquals("inc-2-projekt-blaubarte", out.of("inc-2-projekt-blaubarte"));
    assertEquals("the projekt-blaubar", out.of("the projekt-blaubar"));
    String token = "a1b2c3d4e5f6g7h8i9j0".repeat(3);
    assertEquals("inc-2-is-x", anywhere(token).of("inc-2-is-" + token.substring(0, 37)));
  }

  @Test
  void timesNumbersAndHashes_thatHoldTheWordsByChance_stay() {
    String json =
        "{\"at\":\"2026-11-22T12:34:56.123456Z\",\"id\":\"1700112345.5678\",\"text\":\"pin 1234\"}";
    String hash = "0f".repeat(12) + "cafe" + "1d".repeat(18);

    assertEquals(json.replace("pin 1234", "pin [x]"), anywhere("1234").of(json));
    assertEquals(json, anywhere("2026").of(json));
    assertEquals(hash, anywhere("cafe").of(hash));
    assertEquals("my[x]1", anywhere("cafe").of("myCafe1"));
  }

  @Test
  void wordsOfTheProgram_stayWhereItReadsThem() {
    TakenOut text =
        new TakenOut(
            List.of(new Phrase("resolved", "[x]", Extent.WHOLE_TEXT)),
            Set.of("RESOLVED", "resolved"));

    assertEquals(
        "{\"is\":\"resolved\",\"status\":\"RESOLVED\",\"text\":\"x\",\"resolved\":[\"[x]\"]}",
        text.of(
            "{\"is\":\"resolved\",\"status\":\"RESOLVED\",\"text\":\"resolved\",\"resolved\":[\"Resolved\"]}"));
    assertEquals("RESOLVED", text.ofValue("RESOLVED"));
    assertEquals("x", text.of("resolved"));
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
