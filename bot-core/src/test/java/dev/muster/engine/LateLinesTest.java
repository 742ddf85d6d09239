// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Button;
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
    assertTrue(all.text().contains("could not be posted in time"), all.text());
  }

  @Test
  void merged_manyLines_keepTheNewest() {
    List<String> shown =
        LateLines.merged(lines(40)).sections().stream().map(LateLinesTest::words).toList();

    assertEquals(15, shown.size());
    assertEquals("Line 40", shown.get(14));
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

  @Test
  void merged_severalWithButtons_keepAllThatCanBeDone_eachOnce() {
    BotMessage all =
        LateLines.merged(
            List.of(
                asking(Button.of("Resolve", "resolve", "t1"), Button.of("Close", "close", "t2")),
                asking(Button.of("Retry", "retry", "t3")),
                asking(Button.of("Resolve", "resolve", "t4"))));

    assertEquals(List.of("t4", "t2", "t3"), all.buttons().stream().map(Button::token).toList());
  }

  private static BotMessage asking(Button... buttons) {
    return BotMessage.line("Done?").withButtons(List.of(buttons));
  }

  @Test
  void merged_againWithANewerLine_keepsWhatWasMergedBefore() {
    BotMessage before = LateLines.merged(lines(3));

    BotMessage all = LateLines.merged(List.of(before, BotMessage.line("Line 4")));

    assertEquals(
        List.of("Line 1", "Line 2", "Line 3", "Line 4"),
        all.sections().stream().map(LateLinesTest::words).toList());
  }
}
