// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.effect.Effect;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads what was missed, page by page, and feeds it through the inbox under the live keys. */
final class HistoryReader {

  private static final int MAX_PAGES = 100;

  /** A message may be read before its push has come; that is no sign that it would not have. */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  private final Function<String, ChatInbox> inboxes;
  private final CaughtUp caughtUp;
  private final InstantSource clock;
  private final BiConsumer<Moment, ChannelRef> afterwards;

  /**
   * Creates a reader.
   *
   * @param afterwards is told of each channel that was read once more, or could not be
   */
  HistoryReader(
      Function<String, ChatInbox> inboxes,
      CaughtUp caughtUp,
      InstantSource clock,
      BiConsumer<Moment, ChannelRef> afterwards) {
    this.afterwards = afterwards;
    this.inboxes = inboxes;
    this.caughtUp = caughtUp;
    this.clock = clock;
  }

  /**
   * Reads what was missed.
   *
   * @param begun when the order was first tried; what was read may be as old as that
   */
  Settlement read(ChatPlatform platform, Effect.ReadHistory order, Instant begun) {
    return read(platform, new CaughtUp.Reading(order, begun, false));
  }

  /** Reads what was said lately; only what had not been heard is worth a word. */
  Settlement readAgain(ChatPlatform platform, Effect.ReadAgain order, Instant begun) {
    Effect.ReadHistory like = new Effect.ReadHistory(order.channel(), order.since());
    Settlement settlement = read(platform, new CaughtUp.Reading(like, begun, true));
    if (settlement instanceof Settlement.Failed failed) {
      return Settlement.done(
          "not read: " + failed.reason(), moment -> afterwards.accept(moment, order.channel()));
    }
    return settlement instanceof Settlement.Done done
        ? Settlement.done(
            done.result(),
            moment -> {
              done.facts().accept(moment);
              afterwards.accept(moment, order.channel());
            })
        : settlement;
  }

  private Settlement read(ChatPlatform platform, CaughtUp.Reading reading) {
    Effect.ReadHistory order = reading.order();
    ChatInbox inbox = inboxes.apply(platform.name());
    Optional<String> page = Optional.empty();
    CaughtUp.Fresh fresh = CaughtUp.Fresh.NOTHING;
    Instant since = byTheirs(platform, order.since());
    Instant missed = reading.again() ? clock.instant().minus(ON_ITS_WAY) : Instant.MAX;
    for (int count = 0; count < MAX_PAGES; count++) {
      ChatOutcome<ChatPlatform.HistoryPage> outcome =
          platform.readHistory(order.channel(), since, page);
      if (!(outcome instanceof ChatOutcome.Done<ChatPlatform.HistoryPage> done)) {
        return notRead(order, outcome);
      }
      Optional<CaughtUp.Fresh> taken = feed(inbox, done.value(), fresh, missed);
      if (taken.isEmpty()) {
        return new Settlement.Later("the inbox is full", Duration.ofSeconds(5));
      }
      fresh = taken.get();
      page = done.value().next();
      if (page.isEmpty()) {
        return filled(reading, fresh, done.value().standing());
      }
    }
    return filled(reading, fresh, Optional.empty());
  }

  /**
   * Messages have times of their platform's clock: what a clock that is ahead noted was that much
   * earlier. In whole minutes, so that it is the same at each try of an order.
   */
  private static Instant byTheirs(ChatPlatform platform, Instant since) {
    return platform
        .clockAhead()
        .filter(ahead -> ahead.compareTo(ON_ITS_WAY) > 0)
        .map(ahead -> since.minus(Duration.ofMinutes(ahead.toMinutes() + 1)))
        .orElse(since);
  }

  /** Who is not known any more may read later; nothing is given up for that. */
  private static Settlement notRead(
      Effect.ReadHistory order, ChatOutcome<ChatPlatform.HistoryPage> outcome) {
    return outcome instanceof ChatOutcome.Unknown<ChatPlatform.HistoryPage> unknown
        ? new Settlement.Later(unknown.reason(), Duration.ofSeconds(5))
        : ChatCarrier.orElse(
            outcome,
            why -> new Settlement.Failed(why, moment -> CaughtUp.notRead(moment, order, why)));
  }

  /** Returns what was new and said before an instant; empty when the inbox took no more. */
  private static Optional<CaughtUp.Fresh> feed(
      ChatInbox inbox, ChatPlatform.HistoryPage page, CaughtUp.Fresh before, Instant missed) {
    CaughtUp.Fresh fresh = before;
    for (Delivery delivery : page.deliveries()) {
      Receipt receipt = inbox.accept(delivery);
      if (receipt instanceof Receipt.NotStored) {
        return Optional.empty();
      }
      boolean known = ((Receipt.Stored) receipt).repeat();
      boolean news = !known && delivery.event().at().isBefore(missed);
      fresh = fresh.and(delivery.event(), news);
    }
    return Optional.of(fresh);
  }

  private Settlement filled(
      CaughtUp.Reading reading, CaughtUp.Fresh fresh, Optional<ChatPlatform.Standing> standing) {
    return Settlement.done(
        fresh.events() + " read", moment -> caughtUp.write(moment, reading, fresh, standing));
  }
}
