// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Urgency;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the budget of each platform holds, whatever it counts calls by. */
public abstract class BudgetContract {

  /** How late a pause may end beyond what was asked for: half of the jitter is drawn. */
  private static final Duration TEN_AND_JITTER = Duration.ofMillis(10_500);

  /** The time of the budget. */
  protected final ManualClock clock = ManualClock.atNoon();

  /** Where it shows itself. */
  protected final Telemetry telemetry = new Telemetry();

  /** Asks for a post to a place; empty when it goes. */
  protected abstract Optional<Duration> post(Urgency urgency, String place);

  /** Asks for a change of a message. */
  protected abstract Optional<Duration> edit(Urgency urgency, String place, String message);

  /** Asks for a window, which a person waits for. */
  protected abstract Optional<Duration> window(String place);

  /** The platform turns a card for a place away and asks to wait. */
  protected abstract Duration refused(String place, String seconds);

  /** A call breaks on the way. */
  protected abstract void breaks();

  /** A call is answered. */
  protected abstract void answers();

  /** Returns whether the platform is taken to be down. */
  protected abstract boolean isDown();

  /** Returns how far changes of one message are apart. */
  protected abstract Duration apart();

  private boolean posts(Urgency urgency, String place) {
    return post(urgency, place).isEmpty();
  }

  private boolean edits(Urgency urgency, String message) {
    return edit(urgency, "a", message).isEmpty();
  }

  private void fill(Urgency urgency, String place) {
    while (posts(urgency, place)) {
      clock.advance(Duration.ZERO);
    }
  }

  /** Cards leave something to whoever waits. */
  @Test
  public final void place_fullOfCards_stillTakesAnAnswerAndBothComeInTurn() {
    fill(Urgency.CARD, "a");

    assertTrue(posts(Urgency.ANSWER, "a"));
    assertTrue(posts(Urgency.CARD, "b"), "another place is not held back");
    clock.advance(post(Urgency.CARD, "a").orElseThrow());
    assertTrue(posts(Urgency.CARD, "a"));
  }

  /** A refusal is about one place. */
  @Test
  public final void refusal_ofAPost_holdsThatPlaceAloneWithJitter() {
    Duration wait = refused("a", "10");

    assertEquals(TEN_AND_JITTER, wait);
    assertEquals(Optional.of(wait), post(Urgency.ANSWER, "a"));
    assertTrue(posts(Urgency.CARD, "b"));
    clock.advance(wait);
    assertTrue(posts(Urgency.ANSWER, "a"));
  }

  /** Nobody is to see a message flicker. */
  @Test
  public final void edits_ofOneMessage_areApartUnlessAPersonWaits() {
    assertTrue(edits(Urgency.CARD, "1"));
    assertEquals(Optional.of(apart()), edit(Urgency.CARD, "a", "1"));
    assertTrue(edits(Urgency.CARD, "2"));
    assertTrue(edits(Urgency.ANSWER, "1"));
    clock.advance(apart());
    assertTrue(edits(Urgency.NEWS, "1"));
  }

  /** A window cannot be opened later. */
  @Test
  public final void windows_evenWhereAllIsFull_areNeverHeld() {
    fill(Urgency.ANSWER, "a");

    for (int i = 0; i < 500; i++) {
      assertEquals(Optional.empty(), window("a"));
    }
  }

  /** What cannot be reached is not asked by everybody. */
  @Test
  public final void platformDown_oneCallTriesAtATime_andTheFirstThatWorksEndsIt() {
    for (int i = 0; i < 5; i++) {
      breaks();
    }
    assertTrue(isDown());
    assertEquals(Optional.of(Duration.ofSeconds(5)), post(Urgency.ANSWER, "a"));
    assertEquals(Optional.empty(), window("a"), "a person's window is tried anyway");

    clock.advance(Duration.ofSeconds(5));
    assertTrue(posts(Urgency.CARD, "a"));
    assertFalse(posts(Urgency.CARD, "b"));
    answers();
    assertTrue(posts(Urgency.CARD, "b"));
    assertFalse(isDown());
  }

  /** What was noted in the future of the clock holds nobody until it comes round. */
  @Test
  public final void clock_putBackAnHour_holdsNothingBackUntilItComesRound() {
    fill(Urgency.ANSWER, "a");
    clock.advance(Duration.ofSeconds(10));
    refused("b", "30");
    assertTrue(edit(Urgency.CARD, "c", "1").isEmpty());

    clock.advance(Duration.ofHours(-1));

    assertTrue(posts(Urgency.CARD, "b"), "the pause of a time to come");
    assertTrue(edit(Urgency.CARD, "c", "1").isEmpty(), "the edit of a time to come");
    post(Urgency.ANSWER, "a");
    clock.advance(Duration.ofSeconds(5));
    assertTrue(posts(Urgency.ANSWER, "a"), "the budget stood still");
  }
}
