// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/** Carries out orders to chat platforms. */
final class ChatCarrier {

  private final InstantSource clock;
  private final Tokens tokens;
  private final HistoryReader history;
  private final Places places;
  private final MessageCarrier messages;
  private final RoomCarrier rooms;
  private final PlatformGate gate;

  ChatCarrier(
      Ground ground,
      Places places,
      Tokens tokens,
      MessageCarrier messages,
      RoomCarrier rooms,
      HistoryReader history,
      PlatformGate gate) {
    this.clock = ground.clock();
    this.places = places;
    this.tokens = tokens;
    this.messages = messages;
    this.rooms = rooms;
    this.history = history;
    this.gate = gate;
  }

  /** Returns what became of an order; blocks for as long as the platform may take. */
  Settlement carryOut(QueuedEffect order) {
    String name = Addressee.platformOf(order.effect()).orElse("");
    return places
        .platform(name)
        .map(platform -> gate.pass(name, () -> carryOut(platform, order)))
        .orElseGet(
            () -> Settlement.failed("the platform " + name + " is not switched on any more"));
  }

  private Settlement carryOut(ChatPlatform platform, QueuedEffect order) {
    if (order.effect() instanceof Effect.OpenChannel e) {
      return rooms.open(platform, order, key(order), e);
    }
    if (order.effect() instanceof Effect.ShowMessage e) {
      return messages.show(platform, order, key(order), e);
    }
    if (order.effect() instanceof Effect.TellPerson e) {
      return plain(platform.tell(key(order), e.to(), e.message()));
    }
    if (order.effect() instanceof Effect.OpenForm e) {
      return openForm(platform, order, e);
    }
    if (order.effect() instanceof Effect.PostDocument e) {
      return messages.document(platform, key(order), e);
    }
    if (order.effect() instanceof Effect.AddReaction e) {
      return decoration(platform.react(e.message(), e.name()));
    }
    if (order.effect() instanceof Effect.ReadHistory e) {
      return history.read(platform, e, order.firstTriedAt().orElseGet(clock::instant));
    }
    if (order.effect() instanceof Effect.ReadAgain e) {
      return history.readAgain(platform, e, order.firstTriedAt().orElseGet(clock::instant));
    }
    return carryOutInRoom(platform, order.effect());
  }

  private Settlement carryOutInRoom(ChatPlatform platform, Effect effect) {
    if (effect instanceof Effect.PinMessage e) {
      return rooms.pin(platform, e);
    }
    if (effect instanceof Effect.OpenThread e) {
      return rooms.openThread(platform, e);
    }
    if (effect instanceof Effect.LeaveChannel e) {
      return Withdrawal.leave(platform, e);
    }
    if (effect instanceof Effect.WithdrawMessage e) {
      return messages.withdraw(platform, e);
    }
    if (effect instanceof Effect.JoinChannel e) {
      return rooms.join(platform, e);
    }
    return rooms.change(platform, effect);
  }

  private OnceKey key(QueuedEffect order) {
    return new OnceKey(
        tokens.mint("effect", order.id()),
        order.attempt(),
        order.firstTriedAt().orElseGet(clock::instant),
        urgency(order));
  }

  private static Urgency urgency(QueuedEffect order) {
    return switch (order.priority()) {
      case PEOPLE -> Urgency.ANSWER;
      case PAGING -> Urgency.PAGE;
      case CARDS -> Urgency.CARD;
      case ALERTS, BACKGROUND -> Urgency.NEWS;
    };
  }

  /** An order that a platform refuses because it does not know us waits for an operator. */
  static <T> Settlement settled(ChatOutcome<T> outcome, Function<T, Settlement> whenDone) {
    return outcome.match(
        whenDone,
        Settlement.Later::of,
        refused ->
            outcome.refusedFor(ChatOutcome.Cause.CREDENTIALS)
                ? new Settlement.Held(refused, Duration.ZERO, true)
                : Settlement.failed(refused),
        Settlement.Unknown::new);
  }

  /** As {@link #plain}, but what is refused to a bot that the platform knows has its own end. */
  static <T> Settlement orElse(ChatOutcome<T> outcome, Function<String, Settlement> whenRefused) {
    return plain(outcome) instanceof Settlement.Failed failed
        ? whenRefused.apply(failed.reason())
        : plain(outcome);
  }

  /** A receipt on a message that is gone is nobody's loss. */
  private static <T> Settlement decoration(ChatOutcome<T> outcome) {
    return orElse(outcome, why -> Settlement.done("skipped: " + why, moment -> {}));
  }

  static <T> Settlement plain(ChatOutcome<T> outcome) {
    return settled(outcome, value -> Settlement.done());
  }

  private Settlement openForm(ChatPlatform platform, QueuedEffect order, Effect.OpenForm e) {
    boolean tooLate = !e.opening().expiresAt().isAfter(clock.instant());
    Consumer<Moment> fallback = moment -> new Orders(moment).tell(e.to(), e.fallback());
    if (tooLate || order.attempt() > 1) {
      return Settlement.done("told instead", fallback);
    }
    ChatOutcome<?> outcome = platform.openForm(e.opening(), e.to().user(), e.form());
    return outcome instanceof ChatOutcome.Done || outcome.refusedFor(ChatOutcome.Cause.CREDENTIALS)
        ? plain(outcome)
        : Settlement.done("told instead", fallback);
  }
}
