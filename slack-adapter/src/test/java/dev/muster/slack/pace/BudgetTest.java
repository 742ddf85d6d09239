// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Urgency;
import dev.muster.testkit.BudgetContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Beside what every budget holds: how Slack counts. */
final class BudgetTest extends BudgetContract {

  private final Budget budget = new Budget(clock, telemetry, () -> 0.5);

  @Override
  protected Optional<Duration> post(Urgency urgency, String place) {
    return budget.hold(Ask.post(urgency, place));
  }

  @Override
  protected Optional<Duration> edit(Urgency urgency, String place, String message) {
    return budget.hold(Ask.edit(urgency, place, message));
  }

  @Override
  protected Optional<Duration> window(String place) {
    return budget.hold(Ask.of("views.open"));
  }

  @Override
  protected Duration refused(String place, String seconds) {
    return budget.refused(Ask.post(Urgency.CARD, place), seconds, false);
  }

  @Override
  protected void breaks() {
    budget.broke();
  }

  @Override
  protected void answers() {
    budget.answered();
  }

  @Override
  protected boolean isDown() {
    return budget.isDown();
  }

  @Override
  protected Duration apart() {
    return Duration.ofSeconds(2);
  }

  private boolean goes(Ask ask) {
    return budget.hold(ask).isEmpty();
  }

  @Test
  void channel_newlyOpened_takesTwoCardsAtOnce() {
    assertTrue(goes(Ask.post(Urgency.CARD, "C1")));
    assertTrue(goes(Ask.post(Urgency.CARD, "C1")));
    assertFalse(goes(Ask.post(Urgency.CARD, "C1")));
  }

  @Test
  void refusal_ofAPost_holdsNoChangeOfAMessage() {
    refused("C1", "10");

    assertTrue(goes(Ask.edit(Urgency.CARD, "C1", "1.1")));
  }

  @Test
  void channel_inAMinuteOfPressure_takesNoMoreThanSixty() {
    int sent = 0;
    for (int i = 0; i < 60_000; i += 50) {
      sent += goes(Ask.post(Urgency.values()[i / 50 % 4], "C1")) ? 1 : 0;
      clock.advance(Duration.ofMillis(50));
    }
    assertTrue(sent <= 60 && sent >= 55, "posts in a minute: " + sent);
  }

  @Test
  void answersForOneAlone_areNeverHeldByTheBudget() {
    for (int i = 0; i < 500; i++) {
      assertTrue(goes(Ask.of("chat.postEphemeral")));
    }
  }

  @Test
  void refusal_ofTheWholeWorkspace_holdsEveryPost() {
    Duration wait = budget.refused(Ask.post(Urgency.CARD, "C1"), null, true);

    assertEquals(Duration.ofMillis(31_500), wait);
    assertFalse(goes(Ask.post(Urgency.ANSWER, "C2")));
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
  void headroom_isShownWithFewLabels() {
    for (int i = 0; i < 5_000; i++) {
      budget.hold(Ask.post(Urgency.CARD, "C" + i));
    }
    budget.hold(Ask.of("chat.update"));
    String shown = telemetry.prometheusText();

    assertTrue(shown.contains("muster_slack_tokens_left{method=\"chat.update\"} 19.0"), shown);
    assertTrue(shown.contains("muster_slack_busiest_channel_tokens_left 2.0"), shown);
    assertTrue(shown.contains("muster_slack_held_back_seconds "), shown);
    assertTrue(shown.lines().count() < 70, "lines: " + shown.lines().count());
  }
}
