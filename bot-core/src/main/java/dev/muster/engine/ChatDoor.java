// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.store.Inbound;
import dev.muster.store.Inbox;
import dev.muster.store.PackedBody;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where deliveries of chat platforms come in: stored durably, answered, and only then handled. What
 * people say and ask for in writing is handled in the transaction that stores it.
 */
final class ChatDoor {

  private static final Logger LOG = LoggerFactory.getLogger(ChatDoor.class);

  /** What people say in a channel; no answer slot waits for what follows from it. */
  private static final Set<Class<?>> SPOKEN =
      Set.of(
          ChatEvent.MessagePosted.class,
          ChatEvent.MessageEdited.class,
          ChatEvent.MessageDeleted.class,
          ChatEvent.ReactionAdded.class,
          ChatEvent.ReactionRemoved.class,
          ChatEvent.MessagePinned.class,
          ChatEvent.MessageUnpinned.class);

  /** What people ask for in writing; it waits for nothing said before it. */
  private static final Set<Class<?>> ASKED =
      Set.of(ChatEvent.CommandInvoked.class, ChatEvent.FormSubmitted.class);

  private final UnitOfWork store;
  private final InstantSource clock;
  private final InboxPump pump;
  private final DoorCounts counts;

  ChatDoor(UnitOfWork store, InstantSource clock, InboxPump pump, Telemetry telemetry) {
    this.store = store;
    this.clock = clock;
    this.pump = pump;
    counts = new DoorCounts(telemetry);
  }

  /** Returns the inbox of a platform. */
  ChatInbox of(String platform) {
    return new ChatInbox() {
      @Override
      public Receipt accept(Delivery delivery) {
        return ChatDoor.this.accept(heard(platform, delivery));
      }

      @Override
      public CompletableFuture<Receipt> acceptSoon(Delivery delivery) {
        Heard heard = heard(platform, delivery);
        return heard.isWritten()
            ? writtenSoon(heard)
            : CompletableFuture.completedFuture(ChatDoor.this.accept(heard));
      }
    };
  }

  private Receipt accept(Heard heard) {
    try {
      return receipt(heard, heard.isWritten() ? written(heard) : stored(heard));
    } catch (RuntimeException e) {
      return refused(heard, e);
    }
  }

  private Heard heard(String platform, Delivery delivery) {
    Instant came = clock.instant();
    Screening screening = new Screening();
    Inbound.Chat body = new Inbound.Chat(platform, screening.handle(delivery.event()));
    byte[] raw = screening.raw(delivery.raw());
    counts.secrets(screening);
    return new Heard(delivery, came, raw, body, store.pack(body));
  }

  private Receipt receipt(Heard heard, Kept kept) {
    Inbox.Stored stored = kept.stored();
    counts.stored(heard.platform(), stored.repeat());
    return new Receipt.Stored(stored.id(), stored.repeat(), answer(kept, heard.body()));
  }

  private Receipt refused(Heard heard, Throwable e) {
    String platform = heard.platform();
    LOG.error("delivery_not_stored platform={} error={}", platform, e.getClass().getSimpleName());
    counts.refused(platform);
    return new Receipt.NotStored("store");
  }

  private CompletableFuture<Answer> answer(Kept kept, Inbound body) {
    Inbox.Stored stored = kept.stored();
    if (stored.repeat()) {
      return stored
          .answer()
          .map(CompletableFuture::completedFuture)
          .orElseGet(() -> pump.underWay(stored.id()));
    }
    return switch (kept.turn()) {
      case NOW -> pump.handle(stored.id(), body, 0);
      case IN_LINE -> pump.lineUp();
      case HAD -> CompletableFuture.completedFuture(kept.answer());
      case ORDERED -> {
        pump.handled();
        yield CompletableFuture.completedFuture(kept.answer());
      }
      case FAILED -> CompletableFuture.failedFuture(kept.failure());
    };
  }

  /** Something heard, as it may be kept. */
  private record Heard(
      Delivery delivery, Instant came, byte[] raw, Inbound.Chat body, PackedBody packed) {

    boolean isSpoken() {
      return SPOKEN.contains(body.event().getClass());
    }

    boolean isWritten() {
      return isSpoken() || ASKED.contains(body.event().getClass());
    }

    String platform() {
      return body.platform();
    }
  }

  /** When a delivery that was stored is handled. */
  private enum Turn {
    /** It was, in the same transaction, and that is all. */
    HAD,
    /** It was, and there are orders or timers now to look after. */
    ORDERED,
    /** In a transaction of its own, from now on. */
    NOW,
    /** Behind others that wait. */
    IN_LINE,
    /** It threw as it was handled, and is tried again a little later. */
    FAILED
  }

  /**
   * What became of something heard.
   *
   * @param answer what follows from it, where it was handled
   * @param failure why it could not be handled; null when it was not tried or could
   */
  private record Kept(Inbox.Stored stored, Turn turn, Answer answer, Throwable failure) {

    static Kept waiting(Inbox.Stored stored, Turn turn, Throwable failure) {
      return new Kept(stored, turn, new Answer.Accepted(), failure);
    }
  }

  /**
   * Stores what people say, or ask for in writing, together with what follows from it. When that
   * cannot be worked out, or what was said before still waits, it is stored alone and waits for its
   * turn; the writer does so before it takes anything that came later.
   */
  private Kept written(Heard heard) {
    return told(store.run(tx -> handled(tx, heard), (tx, error) -> notHandled(tx, heard, error)));
  }

  /** The same; whoever brings it does not wait. */
  private CompletableFuture<Receipt> writtenSoon(Heard heard) {
    return store
        .submit(tx -> handled(tx, heard), (tx, error) -> notHandled(tx, heard, error))
        .handle(
            (kept, error) -> error == null ? receipt(heard, told(kept)) : refused(heard, error));
  }

  private Kept told(Kept kept) {
    if (kept.failure() != null && !kept.stored().repeat()) {
      pump.failedAtOnce(kept.stored().id(), kept.failure());
    }
    return kept;
  }

  /** What was said holds up what is said later; what was asked for holds up nothing. */
  private Kept notHandled(Tx tx, Heard heard, Throwable failure) {
    Inbox.Stored stored = put(tx, heard);
    if (heard.isSpoken()) {
      pump.fallBehind();
      return Kept.waiting(stored, Turn.IN_LINE, failure);
    }
    if (!stored.repeat()) {
      pump.tryAgain(tx, stored.id(), failure);
    }
    return Kept.waiting(stored, Turn.FAILED, failure);
  }

  private Kept handled(Tx tx, Heard heard) {
    if (heard.isSpoken() && pump.isToLineUp()) {
      return Kept.waiting(put(tx, heard), Turn.IN_LINE, null);
    }
    Delivery delivery = heard.delivery();
    Inbox.Stored stored =
        tx.inbox()
            .putHandled(
                heard.platform(), delivery.key(), heard.raw(), heard.packed(), received(heard));
    if (stored.repeat()) {
      return Kept.waiting(stored, Turn.HAD, null);
    }
    remember(tx, heard);
    Answer answer = pump.handle(tx, stored.id(), heard.body());
    if (!answer.equals(new Answer.Accepted())) {
      tx.inbox().handled(stored.id(), answer);
    }
    return new Kept(stored, tx.hasOrdered() ? Turn.ORDERED : Turn.HAD, answer, null);
  }

  private Kept stored(Heard heard) {
    return Kept.waiting(store.run(tx -> put(tx, heard)), Turn.NOW, null);
  }

  private Inbox.Stored put(Tx tx, Heard heard) {
    String key = heard.delivery().key();
    Inbox.Stored stored =
        tx.inbox().put(heard.platform(), key, heard.raw(), heard.packed(), received(heard));
    if (!stored.repeat()) {
      remember(tx, heard);
    }
    return stored;
  }

  private static void remember(Tx tx, Heard heard) {
    if (!heard.delivery().alongside().isEmpty()) {
      tx.remember(heard.platform(), heard.delivery().alongside());
    }
  }

  /**
   * When it came, before the writer had time for it: the clock may have been put forward since. By
   * a clock that was put back since it would not be due for hours.
   */
  private Instant received(Heard heard) {
    Instant now = clock.instant();
    return heard.came().isBefore(now) ? heard.came() : now;
  }
}
