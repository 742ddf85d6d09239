// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LateLinesTest {

  private static List<BotMessage> lines(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> BotMessage.line("Line " + i)).toList();
  }

  private static String words(Section section) {
    StringBuilder all = new StringBuilder();
    for (Span span : section.body().spans()) {
      all.append(span instanceof Span.Words words ? words.text() : "");
    }
    return all.toString();
  }

  @Test
  void merged_fewLines_areAllThereInTheirOrder() {
    BotMessage all = LateLines.merged(lines(3));

    assertEquals(
        List.of("Line 1", "Line 2", "Line 3"),
        all.sections().stream().map(LateLinesTest::words).toList());
    assertTrue(all.text().contains("3 messages"), all.text());
  }

  @Test
  void merged_manyLines_keepTheNewestAndCountTheRest() {
    List<String> shown =
        LateLines.merged(lines(40)).sections().stream().map(LateLinesTest::words).toList();

    assertEquals(16, shown.size());
    assertTrue(shown.get(0).contains("25 earlier"), shown.get(0));
    assertEquals("Line 40", shown.get(15));
  }

  @Test
  void merged_differentTones_isAsUrgentAsTheMostUrgent() {
    BotMessage all =
        LateLines.merged(
            List.of(
                BotMessage.line("Calm."),
                BotMessage.line("Act!").withTone(Tone.URGENT),
                BotMessage.line("Good.").withTone(Tone.GOOD)));

    assertEquals(Tone.URGENT, all.tone());
  }
}
