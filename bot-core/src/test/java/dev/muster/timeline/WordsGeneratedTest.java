// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.SafeText;
import dev.muster.chat.PlainWords;
import dev.muster.chat.SecretPatterns;
import dev.muster.chat.WebAddress;
import dev.muster.chat.spi.BoundedJson;
import dev.muster.chat.spi.pace.RetryAfter;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever words come from outside, what is made of them is harmless, bounded and stable. */
class WordsGeneratedTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<String> PIECES =
      List.of(
          "https://a.example/path?x=1#y",
          "http://10.0.0.1:80/",
          "http://0x7f.1/",
          "[label](https://a.example)",
          "<https://a.example>",
          "<b>bold</b>",
          "1. one",
          "+ two",
          "Bearer ",
          "password=",
          "token: ",
          "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
          "-----BEGIN RSA PRIVATE KEY-----",
          "-----END ",
          "4111 1111 1111 1111",
          "AKIAZ2R5Q7W3E4T6Y2U7",
          "Sun, 22 Nov 2026 12:00:30 GMT",
          "120",
          "{\"a\":[1,2,{\"b\":null}]}");

  @Test
  void words_someGenerated_areMadeHarmless() {
    GeneratedCases.some("words", 250, WordsGeneratedTest::words);
  }

  @Test
  @Tag("proof")
  void words_generatedForLong_areMadeHarmless() {
    GeneratedCases.forLong("words", 352_299_027_336L, 18_000, WordsGeneratedTest::words);
  }

  private static void words(Garble garble) {
    String text = garble.text(PIECES);
    String plain = PlainWords.of(text);
    assertTrue(PlainWords.isPlain(plain));
    String line = SafeText.line(text, 200);
    assertTrue(line.codePointCount(0, line.length()) <= 200);
    assertFalse(line.codePoints().anyMatch(Character::isISOControl));
    String cleaned = SecretPatterns.clean(text).text();
    assertEquals(cleaned, SecretPatterns.clean(cleaned).text());
    if (WebAddress.isLink(text)) {
      assertTrue(text.matches("(?i)https?://[^\\s\"'<>@/]+([/?#][^\\s\"<>]*)?"), text);
    }
    RetryAfter.of(text, NOW).ifPresent(wait -> assertTrue(wait.compareTo(RetryAfter.LONGEST) <= 0));
    if (text.length() < 5_000) {
      markdown(MarkdownText.collapsed(text));
      markdown(MarkdownText.quotation(text));
    }
    json(garble.spoiledJson("{\"a\":[1,2,{\"b\":null}],\"c\":\"d\"}"));
  }

  /** Words of strangers make no link, no picture and no HTML in what leaves the house. */
  private static void markdown(String written) {
    Parser.builder()
        .build()
        .parse(written)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link link) {
                throw new AssertionError("a link: " + link.getDestination());
              }

              @Override
              public void visit(Image image) {
                throw new AssertionError("a picture: " + image.getDestination());
              }

              @Override
              public void visit(HtmlInline html) {
                throw new AssertionError("HTML: " + html.getLiteral());
              }

              @Override
              public void visit(HtmlBlock html) {
                throw new AssertionError("HTML: " + html.getLiteral());
              }
            });
  }

  private static void json(String text) {
    try {
      assertTrue(new BoundedJson(1_000_000).read(text).toString().length() <= 12 * text.length());
    } catch (IOException refused) {
      assertFalse(String.valueOf(refused.getMessage()).isBlank());
    }
  }
}
