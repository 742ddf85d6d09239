// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.slack.fake.Posted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may not asks whoever may; nobody lends their authority by asking. */
class SlackAskTest {

  @TempDir Path folder;
  private WholeSlack bot;
  private String room;

  @BeforeEach
  void start() {
    bot = new WholeSlack(folder);
    room = bot.declared("ada", "checkout is slow");
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private Incident incident() {
    return bot.engine().incident("INC-1");
  }

  private List<Posted> questions() {
    return bot.sight().messages(room).stream().filter(m -> m.words().contains(" asks: ")).toList();
  }

  @Test
  void command_refused_isAskedOfTheCommanderOnceAndDoneByThemAlone() {
    bot.runs("li", room, "close completed rolled back");
    assertTrue(bot.told("li").contains("Ask ada, who is in command."), bot.told("li"));

    bot.presses("li", room, "Ask the commander");

    assertEquals(1, questions().size());
    Posted question = questions().get(0);
    assertTrue(question.words().contains("li asks: Close INC-1?"), question.words());
    assertTrue(question.words().contains("/incident INC-1 close completed rolled back"));
    assertEquals(List.of(bot.people().person("ada")), question.notified());
    bot.presses("li", room, "Ask the commander");
    assertTrue(bot.told("li").contains("You asked at 12:00 UTC"), bot.told("li"));
    assertEquals(1, questions().size());

    bot.presses("eve", room, "Close INC-1");
    assertTrue(bot.told("eve").contains("the commander or the deputy"), bot.told("eve"));
    assertFalse(bot.toldLast("eve").offers("Ask the commander"));
    assertTrue(incident().status().isOpen());
    bot.presses("ada", room, "Close INC-1");
    assertEquals(IncidentStatus.CLOSED, incident().status());
  }

  @Test
  void question_askedAgainAfterTenMinutes_isAskedAgain() {
    bot.runs("li", room, "severity 4 it is over");
    bot.presses("li", room, "Ask the commander");
    bot.engine().pass(Duration.ofMinutes(11), Duration.ofMinutes(1));

    bot.presses("li", room, "Ask the commander");

    assertEquals(2, questions().size());
  }

  @Test
  void button_refused_asksWithTheSameButton_whoseFormOnlyTheCommanderGets() {
    bot.runs("ada", room, "resolve rolled back");
    bot.presses("li", room, "Close INC-1");

    bot.presses("li", room, "Ask the commander");

    Posted question = questions().get(0);
    assertTrue(question.words().contains("li asks: Close INC-1?"), question.words());
    bot.people().pressesValue("li", room, question.ts(), question.buttons().get(0).value());
    bot.engine().settle();
    assertEquals(List.of(), bot.sight().windowsOf("li"));
    bot.people().pressesValue("ada", room, question.ts(), question.buttons().get(0).value());
    bot.engine().settle();
    bot.people().submits("ada", Map.of());
    bot.engine().settle();
    assertEquals(IncidentStatus.CLOSED, incident().status());
  }

  @Test
  void severityForm_refused_asksForWhatWasChosen() {
    bot.presses("li", room, "Change severity");
    bot.people().submits("li", Map.of("severity", "SEV4", "reason", "it is nothing"));
    bot.engine().settle();

    bot.pressesPrivately("li", "Ask the commander");

    bot.presses("ada", room, "Change severity of INC-1");
    assertEquals("SEV4", incident().severity().name());
  }

  @Test
  void commanderMe_refused_asksForTheAskerNotForWhoeverPresses() {
    bot.runs("li", room, "commander me");

    bot.presses("li", room, "Ask the commander");
    bot.presses("ada", room, "Change command of INC-1");

    assertEquals("ada", incident().commander().orElseThrow().name());
    bot.pressesPrivately("li", "Accept command");
    assertEquals("li", incident().commander().orElseThrow().name());
  }
}
