// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelSpec;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.teams.client.PromisedChannels;
import dev.muster.teams.fake.FakeCall;
import dev.muster.teams.fake.FakeFault;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.testkit.TestRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graph accepts a channel, status 202, and makes it late or never. */
final class PromisedChannelsTest extends OnTeams {

  private static final int MOST_TRIES = 60;

  private final ChannelSpec spec = new ChannelSpec("inc-1 checkout", "SEV2 · open", false);

  private List<String> madeChannels() {
    return ground.teams().tenant().conversations().stream()
        .filter(c -> c.kind().equals("channel") && !c.name().equals("General"))
        .map(c -> c.name())
        .toList();
  }

  private void shownAfter(Duration time) {
    ground.teams().tenant().shownAfter(time);
  }

  /** Gives the order again at the times it asks for, until it says something else than later. */
  private ChatOutcome<OpenedChannel> inTheEnd(OnceKey first) {
    OnceKey key = first.again();
    ChatOutcome<OpenedChannel> outcome = ground.platform().openChannel(key, spec);
    for (int i = 0; i < MOST_TRIES && outcome instanceof ChatOutcome.RetryLater<?> later; i++) {
      clock.advance(later.after());
      key = key.again();
      outcome = ground.platform().openChannel(key, spec);
    }
    return outcome;
  }

  private Duration since(Instant began) {
    return Duration.between(began, clock.instant());
  }

  @Test
  void accepted_shownHalfAMinuteLater_isWaitedForAndNotMadeTwice() {
    Instant began = clock.instant();
    shownAfter(Duration.ofSeconds(30));
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key("late"), spec));

    OpenedChannel opened = done(inTheEnd(key("late")));

    assertEquals("inc-1 checkout", opened.name());
    assertEquals(List.of("inc-1 checkout"), madeChannels());
    assertTrue(since(began).compareTo(Duration.ofSeconds(35)) <= 0, "" + since(began));
  }

  @Test
  void accepted_neverShown_opensUnderTheNextNameAfterAMinute() {
    Instant began = clock.instant();
    shownAfter(Duration.ofDays(1));
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key("never"), spec));
    shownAfter(Duration.ZERO);

    OpenedChannel opened = done(inTheEnd(key("never")));

    assertEquals("inc-1 checkout-2", opened.name());
    assertTrue(since(began).compareTo(PromisedChannels.WAITED_FOR) >= 0, "" + since(began));
    assertTrue(since(began).compareTo(Duration.ofSeconds(70)) <= 0, "" + since(began));
  }

  @Test
  void acceptedTwice_neverShown_isRefusedSoThatAThreadIsTaken() {
    Instant began = clock.instant();
    shownAfter(Duration.ofDays(1));
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key("twice"), spec));

    ChatOutcome<OpenedChannel> outcome = inTheEnd(key("twice"));

    is(ChatOutcome.Refused.class, outcome);
    assertTrue(outcome.toString().contains("within 60 seconds"), outcome.toString());
    assertTrue(since(began).compareTo(Duration.ofSeconds(70)) <= 0, "" + since(began));
  }

  /** Another process has the store and no memory of its own; the one before is dead. */
  private OpenedChannel afterRestart(OnceKey first) {
    OnceKey key = first.again();
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder)) {
      ChatPlatform next = new TeamsPlatformFactory().create(ground.config(), inbox, runtime);
      ChatOutcome<OpenedChannel> outcome = next.openChannel(key, spec);
      for (int i = 0; i < MOST_TRIES && !(outcome instanceof ChatOutcome.Done); i++) {
        clock.advance(Duration.ofSeconds(3));
        key = key.again();
        outcome = next.openChannel(key, spec);
      }
      next.close();
      return done(outcome);
    }
  }

  @Test
  void accepted_thenKilled_isWaitedForByTheNextProcess() {
    Instant began = clock.instant();
    shownAfter(Duration.ofSeconds(40));
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key("killed"), spec));
    clock.advance(Duration.ofSeconds(5));

    OpenedChannel opened = afterRestart(key("killed"));

    assertEquals("inc-1 checkout", opened.name());
    assertEquals(List.of("inc-1 checkout"), madeChannels());
    assertTrue(since(began).compareTo(Duration.ofSeconds(45)) <= 0, "" + since(began));
    assertEquals(List.of(), memory.scan("promised-channel/", "", 10));
  }

  @Test
  void accepted_thenKilledAndNeverShown_opensUnderTheNextNameAMinuteAfterTheFirst() {
    Instant began = clock.instant();
    shownAfter(Duration.ofDays(1));
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key("killed"), spec));
    shownAfter(Duration.ZERO);
    clock.advance(Duration.ofSeconds(30));

    OpenedChannel opened = afterRestart(key("killed"));

    assertEquals("inc-1 checkout-2", opened.name());
    assertTrue(since(began).compareTo(PromisedChannels.WAITED_FOR) >= 0, "" + since(began));
    assertTrue(since(began).compareTo(Duration.ofSeconds(70)) <= 0, "" + since(began));
  }

  /** That the second creation certainly did nothing says nothing of the first. */
  @Test
  void accepted_shownWhileTheSecondCreationWaits_isFoundAndNotMadeTwice() {
    OnceKey key = key("waits");
    shownAfter(Duration.ofSeconds(65));
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key, spec));
    shownAfter(Duration.ZERO);
    clock.advance(PromisedChannels.WAITED_FOR);
    ground.teams().arm(FakeCall.CREATE_CHANNEL, FakeFault.RATE_LIMITED);
    is(ChatOutcome.RetryLater.class, ground.platform().openChannel(key.again(), spec));
    clock.advance(Duration.ofSeconds(30));

    OpenedChannel opened = done(inTheEnd(key.again()));

    assertEquals("inc-1 checkout", opened.name());
    assertEquals(List.of("inc-1 checkout"), madeChannels());
  }

  /** A lost answer promises nothing, and lists of Graph lag behind what was made. */
  @Test
  void madeWithoutAnAnswer_shownHalfAMinuteLater_isNotMadeTwice() {
    shownAfter(Duration.ofSeconds(30));
    ground.teams().arm(FakeCall.CREATE_CHANNEL, FakeFault.LOSES_THE_REPLY);
    OnceKey key = key("unanswered");
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key, spec));
    is(ChatOutcome.Unknown.class, inTheEnd(key));

    OpenedChannel opened = done(inTheEnd(key.again().again()));

    assertEquals("inc-1 checkout", opened.name());
    assertEquals(List.of("inc-1 checkout"), madeChannels());
  }

  /** That a later creation certainly did nothing says nothing of the one without an answer. */
  @Test
  void madeWithoutAnAnswer_laterCreationTurnedAway_isWaitedForAndNotMadeTwice() {
    shownAfter(Duration.ofSeconds(60));
    ground.teams().arm(FakeCall.CREATE_CHANNEL, FakeFault.LOSES_THE_REPLY);
    OnceKey key = key("turned away");
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key, spec));
    key = key.again();
    is(ChatOutcome.RetryLater.class, ground.platform().openChannel(key, spec));
    clock.advance(Attempts.ABSENT_TWICE_APART);
    ground.teams().arm(FakeCall.CREATE_CHANNEL, FakeFault.RATE_LIMITED);
    key = key.again();
    is(ChatOutcome.RetryLater.class, ground.platform().openChannel(key, spec));
    assertFalse(ground.teams().isArmed(), "the third try was not turned away");
    clock.advance(FakeTeams.RATE_LIMIT);
    is(ChatOutcome.Unknown.class, inTheEnd(key));

    OpenedChannel opened = done(inTheEnd(key.again().again()));

    assertEquals("inc-1 checkout", opened.name());
    assertEquals(List.of("inc-1 checkout"), madeChannels());
  }

  /** What was only assumed is no promise that Graph broke. */
  @Test
  void madeWithoutAnAnswerAndNeverShown_thenAccepted_isWaitedForOnceMore() {
    shownAfter(Duration.ofDays(1));
    ground.teams().arm(FakeCall.CREATE_CHANNEL, FakeFault.LOSES_THE_REPLY);
    OnceKey key = key("assumed");
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key, spec));
    is(ChatOutcome.Unknown.class, inTheEnd(key));
    shownAfter(Duration.ofSeconds(30));
    is(ChatOutcome.Unknown.class, inTheEnd(key.again().again()));

    OpenedChannel opened = done(inTheEnd(key.again().again().again()));

    assertEquals("inc-1 checkout-2", opened.name());
    assertEquals(List.of(), memory.scan("promised-channel/", "", 10));
  }
}
