// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {

  private static String written(Tag tag) {
    StringBuilder out = new StringBuilder();
    tag.write(out);
    return out.toString();
  }

  @Test
  void text_markup_isEscaped() {
    assertEquals(
        "<p title=\"&quot;&gt;&#39;\">&lt;b&gt; &amp;</p>",
        written(Tag.of("p").attr("title", "\">'").text("<b> &")));
  }

  @Test
  void text_controlAndTurningCharacters_areReplaced() {
    assertEquals(
        "<p>a\uFFFDb\uFFFDc\uFFFDd\ne\uFFFD</p>",
        written(Tag.of("p").text("a\u0000b\u202Ec\u2066d\ne\uD83D")));
  }

  @Test
  void text_emoji_stays() {
    assertEquals("<p>🔥</p>", written(Tag.of("p").text("🔥")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"onclick", "style", "href", "src", "action", "a b", "x>"})
  void attr_refusedName_throws(String name) {
    Tag tag = Tag.of("a");

    assertThrows(IllegalArgumentException.class, () -> tag.attr(name, "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example/x",
        "/\\evil.example/x",
        "http:///x",
        "https:evil",
        "chat",
        "",
        "http://exa mple/\"><script>"
      })
  void href_harmfulAddress_isLeftOut(String address) {
    assertEquals("<a></a>", written(Tag.of("a").href(address)));
  }

  @ParameterizedTest
  @CsvSource({
    "/incidents?a=1#e2, /incidents?a=1#e2",
    "#e2, #e2",
    "https://example.org/x, https://example.org/x",
    "http://localhost:8080/chat#/inc-1, http://localhost:8080/chat#/inc-1"
  })
  void href_harmlessAddress_isSet(String address, String written) {
    assertEquals("<a href=\"" + written + "\"></a>", written(Tag.of("a").href(address)));
  }

  @Test
  void text_everyCharacter_isWrittenAmongOthersAsAlone() {
    for (int c = 0; c < Character.MIN_SURROGATE; c++) {
      StringBuilder alone = new StringBuilder();
      ShownText.write(String.valueOf((char) c), alone);
      StringBuilder among = new StringBuilder();
      ShownText.write("a" + (char) c + (char) c + "b", among);
      assertEquals("a" + alone + alone + "b", among.toString());
    }
  }

  @Test
  void name_thatIsNone_isRefused() {
    for (String name : new String[] {"", "1p", "-p", "P", "p p", "p>", "p\u00e4", "p_"}) {
      assertThrows(IllegalArgumentException.class, () -> Tag.of(name), name);
      assertThrows(IllegalArgumentException.class, () -> Tag.of("p").attr(name, "x"), name);
    }
    assertEquals("<h1 data-2=\"\"></h1>", written(Tag.of("h1").flag("data-2")));
  }
}
