// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Urgency;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final Telemetry telemetry = new Telemetry();
  private final Budget budget = new Budget(clock, telemetry, () -> 0.5);

  private boolean goes(Ask ask) {
    return budget.hold(ask).isEmpty();
  }

  private static Ask post(Urgency urgency, String channel) {
    return Ask.post(urgency, channel);
  }

  @Test
  void channel_fullOfCards_stillTakesAnAnswerAndBothComeInTurn() {
    assertTrue(goes(post(Urgency.CARD, "C1")));
    assertTrue(goes(post(Urgency.CARD, "C1")));
    assertFalse(goes(post(Urgency.CARD, "C1")));

    assertTrue(goes(post(Urgency.ANSWER, "C1")));
    assertTrue(goes(post(Urgency.CARD, "C2")), "another channel is not held back");
    Duration turn = budget.hold(post(Urgency.CARD, "C1")).orElseThrow();
    clock.advance(turn);
    assertTrue(goes(post(Urgency.CARD, "C1")));
  }

  @Test
  void channel_inAMinuteOfPressure_takesNoMoreThanSixty() {
    int sent = 0;
    for (int i = 0; i < 60_000; i += 50) {
      sent += goes(post(Urgency.values()[i / 50 % 4], "C1")) ? 1 : 0;
      clock.advance(Duration.ofMillis(50));
    }
    assertTrue(sent <= 60 && sent >= 55, "posts in a minute: " + sent);
  }

  @Test
  void clock_putBackAnHour_holdsNothingBackUntilItComesRound() {
    while (goes(post(Urgency.ANSWER, "C1"))) {
      clock.advance(Duration.ZERO);
    }
    budget.refused(Ask.of("chat.getPermalink"), "30", true);
    assertTrue(goes(Ask.edit(Urgency.CARD, "C1", "1.2")));

    clock.advance(Duration.ofHours(-1));

    assertTrue(goes(Ask.of("chat.getPermalink")), "the pause of a time to come");
    assertTrue(goes(Ask.edit(Urgency.CARD, "C1", "1.2")), "the edit of a time to come");
    budget.hold(post(Urgency.ANSWER, "C1"));
    clock.advance(Duration.ofSeconds(5));
    assertTrue(goes(post(Urgency.ANSWER, "C1")), "the budget stood still");
  }

  @Test
  void windowsAndAnswersForOneAlone_areNeverHeldByTheBudget() {
    for (int i = 0; i < 500; i++) {
      assertTrue(goes(Ask.of("views.open")));
      assertTrue(goes(Ask.of("chat.postEphemeral")));
    }
  }

  @Test
  void refusal_ofAPost_holdsThatChannelAloneWithJitter() {
    Duration wait = budget.refused(post(Urgency.CARD, "C1"), "10", false);

    assertEquals(Duration.ofMillis(10_500), wait);
    assertEquals(Optional.of(wait), budget.hold(post(Urgency.ANSWER, "C1")));
    assertTrue(goes(post(Urgency.CARD, "C2")));
    assertTrue(goes(Ask.edit(Urgency.CARD, "C1", "1.1")));
    clock.advance(wait);
    assertTrue(goes(post(Urgency.ANSWER, "C1")));
  }

  @Test
  void refusal_ofTheWholeWorkspace_holdsEveryPost() {
    Duration wait = budget.refused(post(Urgency.CARD, "C1"), null, true);

    assertEquals(Duration.ofMillis(31_500), wait);
    assertFalse(goes(post(Urgency.ANSWER, "C2")));
    assertTrue(goes(Ask.of("conversations.create")));
  }

  @Test
  void refusal_withAnUnreadableTime_holdsHalfAMinute() {
    for (String broken : new String[] {"", "soon", "-3", "1.5", "99999999999999"}) {
      Duration wait = budget.refused(Ask.of("pins.add"), broken, false);
      assertEquals(Duration.ofMillis(31_500), wait, broken);
    }
  }

  @Test
  void edits_ofOneMessage_areTwoSecondsApartUnlessAPersonWaits() {
    assertTrue(goes(Ask.edit(Urgency.CARD, "C1", "1.1")));
    assertEquals(
        Optional.of(Duration.ofSeconds(2)), budget.hold(Ask.edit(Urgency.CARD, "C1", "1.1")));
    assertTrue(goes(Ask.edit(Urgency.CARD, "C1", "2.2")));
    assertTrue(goes(Ask.edit(Urgency.ANSWER, "C1", "1.1")));
    clock.advance(Duration.ofSeconds(2));
    assertTrue(goes(Ask.edit(Urgency.NEWS, "C1", "1.1")));
  }

  @Test
  void history_refusedForLong_isReadOnceAMinuteInSmallPages() {
    Ask history = Ask.of("conversations.history", Urgency.NEWS);
    assertEquals(200, budget.historyPage(200));
    Duration wait = budget.refused(history, "60", false);

    assertEquals(15, budget.historyPage(200));
    clock.advance(wait);
    assertTrue(goes(history));
    assertEquals(Optional.of(Duration.ofSeconds(60)), budget.hold(history));
    clock.advance(Duration.ofHours(1));
    assertEquals(200, budget.historyPage(200));
    assertTrue(goes(history));
    assertTrue(goes(history));
  }

  @Test
  void slackDown_oneCallTriesAtATime_andTheFirstThatWorksEndsIt() {
    for (int i = 0; i < 5; i++) {
      assertTrue(goes(Ask.of("users.info")));
      budget.broke();
    }
    assertTrue(budget.isDown());
    assertEquals(Optional.of(Duration.ofSeconds(5)), budget.hold(post(Urgency.ANSWER, "C1")));
    assertTrue(goes(Ask.of("views.open")), "a person's window is tried anyway");

    clock.advance(Duration.ofSeconds(10));
    assertTrue(goes(post(Urgency.CARD, "C1")));
    assertFalse(goes(post(Urgency.CARD, "C2")));
    budget.answered();
    assertTrue(goes(post(Urgency.CARD, "C2")));
    assertFalse(budget.isDown());
  }

  @Test
  void headroom_isShownWithFewLabels() {
    for (int i = 0; i < 5_000; i++) {
      budget.hold(post(Urgency.CARD, "C" + i));
    }
    budget.hold(Ask.of("chat.update"));
    String shown = telemetry.prometheusText();

    assertTrue(shown.contains("muster_slack_tokens_left{method=\"chat.update\"} 19.0"), shown);
    assertTrue(shown.contains("muster_slack_busiest_channel_tokens_left 2.0"), shown);
    assertTrue(shown.contains("muster_slack_held_back_seconds "), shown);
    assertTrue(shown.lines().count() < 70, "lines: " + shown.lines().count());
  }
}
