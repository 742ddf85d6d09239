// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.time.Duration;
import java.util.function.Function;

/**
 * What became of one call to a chat platform.
 *
 * @param <T> what a finished call hands back
 */
public sealed interface ChatOutcome<T> {

  /**
   * It is done.
   *
   * @param value what the platform handed back
   */
  record Done<T>(T value) implements ChatOutcome<T> {}

  /**
   * It was not done and may be asked again.
   *
   * @param reason for log and timeline; free of secrets and people's words
   * @param after how long to wait first
   * @param paced whether it only waits for its turn, which comes after that time: the platform or
   *     the adapter's own pacing named it. Otherwise the time is a guess, and repeated guesses grow
   */
  record RetryLater<T>(String reason, Duration after, boolean paced) implements ChatOutcome<T> {

    /** Makes an outcome whose time is a guess. */
    public RetryLater(String reason, Duration after) {
      this(reason, after, false);
    }

    /** Returns the same for a call that would have handed back something else. */
    public <R> RetryLater<R> as() {
      return new RetryLater<>(reason, after, paced);
    }
  }

  /**
   * It was not done and asking again will not help.
   *
   * @param reason for log, timeline and people; free of secrets
   * @param cause what stands in the way, as far as the platform says
   */
  record Refused<T>(String reason, Cause cause) implements ChatOutcome<T> {
    /** A refusal about whose cause nothing is known that would change what is done next. */
    public Refused(String reason) {
      this(reason, Cause.OTHER);
    }
  }

  /** What stands in the way of a call that was refused. */
  enum Cause {
    /** The platform does not know us any more; nothing works until an operator acts. */
    CREDENTIALS,
    /** The bot lacks a permission, or a rule of the workspace forbids this one thing. */
    PERMISSION,
    /** Nobody can post in the channel any more: it is archived or gone. */
    CHANNEL_GONE,
    /** The channel is there, and the bot is not in it. */
    NOT_A_MEMBER,
    /** The message is gone, or can no longer be changed. */
    MESSAGE_GONE,
    /** Anything else. */
    OTHER
  }

  /**
   * It may have been done. Ask again with the same key: the adapter looks first.
   *
   * @param reason for log and timeline; free of secrets
   */
  record Unknown<T>(String reason) implements ChatOutcome<T> {}

  /** Returns a finished outcome without a value worth naming. */
  static ChatOutcome<Nothing> done() {
    return new Done<>(Nothing.NOTHING);
  }

  /** The absence of a value. */
  enum Nothing {
    /** The only one. */
    NOTHING
  }

  /** Applies the function that fits this outcome. */
  default <R> R match(
      Function<T, R> done,
      Function<RetryLater<T>, R> later,
      Function<String, R> refused,
      Function<String, R> unknown) {
    if (this instanceof Done<T> d) {
      return done.apply(d.value());
    }
    if (this instanceof RetryLater<T> r) {
      return later.apply(r);
    }
    if (this instanceof Refused<T> r) {
      return refused.apply(r.reason());
    }
    return unknown.apply(((Unknown<T>) this).reason());
  }

  /** Returns whether it was refused for this cause. */
  default boolean refusedFor(Cause cause) {
    return this instanceof Refused<T> r && r.cause() == cause;
  }

  /** Returns this outcome with its value changed by {@code change}. */
  default <R> ChatOutcome<R> map(Function<T, R> change) {
    if (this instanceof Refused<T> r) {
      return new Refused<>(r.reason(), r.cause());
    }
    return match(
        value -> new Done<>(change.apply(value)), RetryLater::as, Refused::new, Unknown::new);
  }
}
