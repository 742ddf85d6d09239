// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/** Carries out orders to chat platforms. */
final class ChatCarrier {

  private final InstantSource clock;
  private final Tokens tokens;
  private final Places places;
  private final PlatformGate gate;

  ChatCarrier(Ground ground, Places places, Tokens tokens, PlatformGate gate) {
    this.clock = ground.clock();
    this.places = places;
    this.tokens = tokens;
    this.gate = gate;
  }

  /** Returns what became of work on a platform; blocks for as long as the platform may take. */
  Settlement on(String name, Function<ChatPlatform, Settlement> work) {
    return places
        .platform(name)
        .map(platform -> gate.pass(name, () -> work.apply(platform)))
        .orElseGet(
            () -> Settlement.failed("the platform " + name + " is not switched on any more"));
  }

  /** Returns when an order was first tried, or now. */
  Instant begun(QueuedEffect order) {
    return order.firstTriedAt().orElseGet(clock::instant);
  }

  /** Returns the key by which an order is done once, however often it is given. */
  OnceKey key(QueuedEffect order) {
    return new OnceKey(
        tokens.mint("effect", order.id()), order.attempt(), begun(order), urgency(order));
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
  static <T> Settlement decoration(ChatOutcome<T> outcome) {
    return orElse(outcome, why -> Settlement.done("skipped: " + why, moment -> {}));
  }

  static <T> Settlement plain(ChatOutcome<T> outcome) {
    return settled(outcome, value -> Settlement.done());
  }

  /** Opens a form while its opening lasts and only once; else a message is told instead. */
  Settlement openForm(ChatPlatform platform, QueuedEffect order, Effect.OpenForm e) {
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
