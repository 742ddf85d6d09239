// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Urgency;
import dev.muster.teams.pace.Tier.Side;
import dev.muster.testkit.BudgetContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside what every budget holds: how Microsoft counts. */
final class BudgetTest extends BudgetContract {

  private final Budget budget = new Budget(clock, telemetry, () -> 0.5);

  @Override
  protected Optional<Duration> post(Urgency urgency, String place) {
    return budget.hold(Ask.of(Tier.POST, urgency, place));
  }

  @Override
  protected Optional<Duration> edit(Urgency urgency, String place, String message) {
    return budget.hold(Ask.edit(urgency, place, message));
  }

  @Override
  protected Optional<Duration> window(String place) {
    return budget.hold(Ask.of(Tier.AT_ONCE, Urgency.ANSWER, place));
  }

  @Override
  protected Duration refused(String place, String seconds) {
    return budget.refused(Ask.of(Tier.POST, Urgency.CARD, place), 429, seconds);
  }

  @Override
  protected void breaks() {
    budget.broke(Side.CONNECTOR);
  }

  @Override
  protected void answers() {
    budget.answered(Side.CONNECTOR);
  }

  @Override
  protected boolean isDown() {
    return budget.isDown(Side.CONNECTOR);
  }

  @Override
  protected Duration apart() {
    return Duration.ofSeconds(3);
  }

  private boolean goes(Ask ask) {
    return budget.hold(ask).isEmpty();
  }

  private static Ask graph(String place) {
    return Ask.graph(Tier.GRAPH_READ, "team", place);
  }

  @Test
  void thread_ofAConversation_countsWithIt() {
    while (post(Urgency.ANSWER, "a;messageid=1").isEmpty()) {
      clock.advance(Duration.ZERO);
    }

    assertFalse(post(Urgency.ANSWER, "a;messageid=2").isEmpty());
  }

  /** 7 in a second, 8 in two, 60 in thirty and 1,800 in an hour. */
  @Test
  void conversation_underPressureForHours_keepsAllFourLimits() {
    List<Instant> sent = new ArrayList<>();
    for (int i = 0; i < 2 * 36_000; i++) {
      if (post(Urgency.values()[i % 4], "a").isEmpty()) {
        sent.add(clock.instant());
      }
      clock.advance(Duration.ofMillis(100));
    }

    assertTrue(most(sent, Duration.ofSeconds(1)) <= 7);
    assertTrue(most(sent, Duration.ofSeconds(2)) <= 8);
    assertTrue(most(sent, Duration.ofSeconds(30)) <= 60);
    assertTrue(most(sent, Duration.ofHours(1)) <= 1_800);
    assertTrue(sent.size() > 3_000, "sent in two hours: " + sent.size());
  }

  private static int most(List<Instant> sent, Duration window) {
    int most = 0;
    int from = 0;
    for (int to = 0; to < sent.size(); to++) {
      while (!sent.get(from).plus(window).isAfter(sent.get(to))) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({
    "429, 10, 10500",
    "429, 'Fri, 20 Nov 2026 12:00:20 GMT', 21000",
    "429, '', 31500",
    "429, soon, 31500",
    "429, -3, 31500",
    "412, 10, 10500",
    "412, '', 2100",
    "503, '', 2100"
  })
  void refusal_withOrWithoutATime_isWaitedForWithJitter(int status, String header, long millis) {
    Duration wait = budget.refused(Ask.of(Tier.POST, Urgency.CARD, "a"), status, header);

    assertEquals(Duration.ofMillis(millis), wait);
  }

  @Test
  void refusal_ofAPost_holdsEverythingThereAndNoCallOfGraph() {
    Duration wait = refused("a", "10");

    assertEquals(Optional.of(wait), window("a"));
    assertTrue(goes(graph("a")), "Graph counts for itself");
  }

  /** An order begins anew each time; what its first call took must not keep its second waiting. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void order_ofSeveralCallsToFullPlaces_comesToItsEnd(int calls) {
    while (goes(graph("0"))) {
      clock.advance(Duration.ZERO);
    }
    int tries = 0;
    Optional<Duration> held = Optional.of(Duration.ZERO);
    while (held.isPresent() && tries++ < 20) {
      clock.advance(held.get());
      held = Optional.empty();
      for (int call = 0; call < calls && held.isEmpty(); call++) {
        held = budget.hold(call % 2 == 0 ? graph("0") : Ask.graph(Tier.GRAPH_CHANGE, "team", "0"));
      }
    }

    assertTrue(held.isEmpty(), "still held after " + tries + " tries");
  }

  @Test
  void pages_ofOneListing_areCountedAndNotHeld() {
    assertTrue(goes(graph("a")));
    for (int page = 0; page < 30; page++) {
      assertTrue(goes(graph("a").then()));
    }

    assertFalse(goes(graph("a")), "what the pages took is missing");
  }

  @Test
  void oneSideDown_theOtherGoesOn() {
    for (int i = 0; i < 5; i++) {
      breaks();
    }

    assertFalse(post(Urgency.ANSWER, "a").isEmpty());
    assertTrue(goes(graph("a")));
  }

  @Test
  void clock_putBackAnHour_keepsNoTurnOfGraphOfATimeToCome() {
    while (goes(graph("a"))) {
      clock.advance(Duration.ZERO);
    }

    clock.advance(Duration.ofHours(-1));

    Duration wait = budget.hold(graph("a")).orElseThrow();
    assertTrue(wait.compareTo(Duration.ofSeconds(10)) < 0, "the turn of a time to come: " + wait);
  }

  @Test
  void headroom_isShownWithFewLabels() {
    for (int i = 0; i < 5_000; i++) {
      post(Urgency.CARD, "place" + i);
      clock.advance(Duration.ofMillis(100));
    }
    post(Urgency.CARD, "place1");
    String shown = telemetry.prometheusText();

    assertTrue(shown.contains("muster_teams_tokens_left{limit=\"connector\"} 9.0"), shown);
    assertTrue(shown.contains("muster_teams_busiest_conversation_tokens_left 5.0"), shown);
    assertTrue(shown.contains("muster_teams_down{side=\"graph\"} 0.0"), shown);
    assertTrue(shown.lines().count() < 20, "lines: " + shown.lines().count());
  }
}
