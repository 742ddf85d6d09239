// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTML of messages becomes the words a person reads. */
final class TeamsTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "<p>plain</p>|plain",
        "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; &#x41;|a <b> & \"c\" 'd' A",
        "<div>one</div><div>two</div>|one¶two",
        "x<br/>y|x¶y",
        "<ul><li>a</li><li>b</li></ul>|- a¶- b",
        "see <a href=\"https://x.example\">this</a>|see this",
        "<img src=\"x\" alt=\"graph\"> up|graph up",
        "<emoji alt=\"🔥\"></emoji>|🔥",
        "hi <at id=\"0\">Ada</at>!|hi <@teams:aad-0>!",
        "hi <at id=\"9\">Nobody</at>|hi Nobody",
        "<script>alert(1)</script>|alert(1)",
        "1 < 2 and & alone|1 < 2 and & alone",
        "&unknown; &#0;|&unknown; &#0;",
        "<p>unclosed <b>bold|unclosed bold"
      })
  void html_ofAMessage_becomesWords(String html, String words) {
    assertEquals(
        words.replace("¶", "\n"), TeamsText.of(html, id -> id.equals("0") ? "<@teams:aad-0>" : ""));
  }

  @Test
  void html_hostile_costsNoMoreThanItsLength() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();

    TeamsText.of("<".repeat(200_000), id -> "");
    TeamsText.of("&".repeat(200_000), id -> "");
    TeamsText.of("<at id=\"".repeat(50_000), id -> "");
    TeamsText.of("\n ".repeat(200_000), id -> "");
    TeamsText.of(" ".repeat(400_000) + "x", id -> "");
    TeamsText.of("<br> ".repeat(100_000), id -> "");

    Duration worked = Duration.ofNanos(threads.getCurrentThreadCpuTime() - began);
    assertTrue(worked.compareTo(Duration.ofSeconds(5)) < 0, worked.toString());
  }
}
