// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "commander <@U123> § commander <@slack:U123>",
        "commander <@U123|ada> now § commander <@slack:U123> now",
        "see <#C123|incidents> § see #incidents",
        "see <#C123|> § see #C123",
        "ask <!subteam^S1|@sre> § ask @sre",
        "ask <!subteam^S1> § ask @S1",
        "at <!date^1^{time}|14:05 UTC> § at 14:05 UTC",
        "at <!date^1795190138^{time}> § at 2026-11-20T15:55:38Z",
        "the <!new^thing|the label> § the the label",
        "open <https://a.example/x?a=1&amp;b=2> § open https://a.example/x?a=1&b=2",
        "host <http://a.example|a.example> is down § host a.example is down",
        "mail <mailto:ada@a.example|ada@a.example> § mail ada@a.example",
        "see <https://a.example/x|the page> § see the page (https://a.example/x)",
        "1 &lt; 2 &amp;&amp; 3 &gt; 2 § 1 < 2 && 3 > 2",
        "&amp;lt;b&amp;gt; § &lt;b&gt;",
        "<@not a user> <x> <!y> § <@not a user> <x> <!y>"
      })
  void neutral_controlSequence_becomesWordsAsTyped(String slack, String words) {
    assertEquals(words, SlackText.neutral(slack));
  }

  @Test
  void neutral_broadcast_isWordsOnly() {
    assertEquals("@channel @here wake up", SlackText.neutral("<!channel> <!here> wake up"));
  }

  @Test
  void neutral_hostileText_staysLinear() {
    String text = "<".repeat(40_000);
    assertEquals(text, SlackText.neutral(text));
    assertTrue(SlackText.neutral("<@U1".repeat(10_000)).length() > 10);
  }
}
