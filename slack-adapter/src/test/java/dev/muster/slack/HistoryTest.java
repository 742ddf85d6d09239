// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.Delivery;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gap is filled oldest first, whatever the order and the pages of Slack. */
class HistoryTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final RecordingInbox inbox = new RecordingInbox(new KeyedMemory());
  @TempDir Path folder;
  private Worlds.Opened opened;
  private SlackChatWorld world;
  private Person ada;

  @BeforeEach
  void open() {
    opened = Worlds.open(new KeyedMemory(), inbox, clock, folder);
    world = opened.world();
    world.platform().start();
    ada = world.person("ada");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private ChannelRef place() {
    return world.meetingPlace().channel();
  }

  private HistoryPage read(Instant since, Optional<String> page) {
    ChatOutcome<HistoryPage> outcome = world.platform().readHistory(place(), since, page);
    assertInstanceOf(ChatOutcome.Done.class, outcome, outcome.toString());
    return ((ChatOutcome.Done<HistoryPage>) outcome).value();
  }

  /** Reads on whenever the pace allows it. */
  private HistoryPage patiently(Instant since) {
    for (int i = 0; i < 60; i++) {
      ChatOutcome<HistoryPage> outcome =
          world.platform().readHistory(place(), since, Optional.empty());
      if (outcome instanceof ChatOutcome.Done<HistoryPage> done) {
        return done.value();
      }
      clock.advance(Duration.ofSeconds(3));
    }
    throw new AssertionError("not read to the end");
  }

  @Test
  void manyMessages_comeInTheOrderTheyWereLiveAndOnlyOnce() {
    Instant since = clock.instant().minusSeconds(1);
    for (int i = 0; i < 510; i++) {
      world.types(ada, place(), Optional.empty(), "message " + i);
    }
    List<String> live = inbox.deliveries().stream().map(Delivery::key).toList();

    List<String> past = new ArrayList<>();
    Optional<String> next = Optional.empty();
    int pages = 0;
    do {
      HistoryPage page = read(since, next);
      page.deliveries().forEach(delivery -> past.add(delivery.key()));
      next = page.next();
      pages++;
    } while (next.isPresent());

    assertEquals(live, past);
    assertEquals(2, pages);
    assertEquals(3, opened.slack().calls("conversations.history").size());
  }

  @Test
  void cursor_thatExpired_goesOnWhereTheReadingWas() {
    Instant since = clock.instant().minusSeconds(1);
    for (int i = 0; i < 410; i++) {
      world.types(ada, place(), Optional.empty(), "message " + i);
    }
    List<String> live = inbox.deliveries().stream().map(Delivery::key).toList();
    opened.slack().refuse("conversations.history", "");
    opened.slack().refuse("conversations.history", "invalid_cursor");

    List<String> past =
        read(since, Optional.empty()).deliveries().stream().map(Delivery::key).toList();

    assertEquals(live, past);
    assertEquals(4, opened.slack().calls("conversations.history").size());
  }

  @Test
  void thread_thatNeverEnds_isGivenUpAndSaid() {
    Instant since = clock.instant().minusSeconds(1);
    String root = world.types(ada, place(), Optional.empty(), "root").id();
    for (int i = 0; i < 201; i++) {
      world.types(ada, place(), Optional.of(root), "answer " + i);
    }
    for (int i = 0; i < 20; i++) {
      opened.slack().refuse("conversations.replies", "");
      opened.slack().refuse("conversations.replies", "invalid_cursor");
    }

    HistoryPage page = patiently(since);

    assertEquals(20, opened.slack().calls("conversations.replies").size());
    assertEquals(
        "Threads too long to be read to the end: 1.", page.standing().orElseThrow().unread());
  }

  @Test
  void planThatCostsNothing_isSaidToHideWhatIsOld_andNothingOldCountsAsGone() {
    opened.slack().onFreePlan();
    world.types(ada, place(), Optional.empty(), "ninety days ago");
    clock.advance(Duration.ofDays(91));
    Instant since = clock.instant().minusSeconds(1);
    world.types(ada, place(), Optional.empty(), "today");

    HistoryPage page = read(since, Optional.empty());

    ChatPlatform.Standing standing = page.standing().orElseThrow();
    assertEquals(1, standing.messages().size());
    assertTrue(standing.unread().contains("Slack hides older messages"), standing.unread());
    assertTrue(standing.from().isAfter(since.minusSeconds(60)), standing.from()::toString);
  }

  @Test
  void largeChannel_isReadFarBeforeTheGap_andWhatIsBeforeThatIsSaid() {
    SlackPeople unheard = new SlackPeople(opened.slack(), push -> Pushed.NOBODY);
    for (int i = 0; i < 3_300; i++) {
      unheard.types("ada", place().id(), "message " + i);
    }
    clock.advance(Duration.ofHours(1));
    Instant since = clock.instant().minusSeconds(1);

    HistoryPage page = patiently(since);
    while (page.next().isPresent()) {
      assertEquals(List.of(), page.deliveries());
      page = read(since, page.next());
    }

    ChatPlatform.Standing standing = page.standing().orElseThrow();
    assertEquals(3_000, standing.messages().size(), 200.0);
    assertTrue(standing.unread().contains("answers in threads that began before"));
  }

  @Test
  void reading_brokenOff_isAskedForLaterAndHasNoHole() {
    Instant since = clock.instant().minusSeconds(1);
    world.types(ada, place(), Optional.empty(), "only one");
    opened.slack().arm("conversations.history", FakeFault.ANSWERS_HALF);
    assertInstanceOf(
        ChatOutcome.RetryLater.class,
        world.platform().readHistory(place(), since, Optional.empty()));
    assertEquals(1, read(since, Optional.empty()).deliveries().size());
  }

  @Test
  void channel_theBotIsNotIn_isRefused() {
    ChannelRef nowhere = new ChannelRef("slack", "C0NOWHERE");
    assertInstanceOf(
        ChatOutcome.Refused.class,
        world.platform().readHistory(nowhere, clock.instant(), Optional.empty()));
  }
}
