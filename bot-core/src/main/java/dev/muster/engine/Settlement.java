// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.spi.ChatOutcome;
import java.time.Duration;
import java.util.function.Consumer;

/** What became of carrying out an order, and what is to be written about it. */
sealed interface Settlement {

  /** Done; {@code facts} is run in the transaction that says so. */
  record Done(String result, Consumer<Moment> facts) implements Settlement {}

  /**
   * Certainly not done; again after {@code after}, however often, when it is {@code paced}, else
   * after growing waits.
   */
  record Later(String reason, Duration after, boolean paced) implements Settlement {
    Later(String reason, Duration after) {
      this(reason, after, false);
    }

    static Later of(ChatOutcome.RetryLater<?> later) {
      return new Later(later.reason(), later.after(), later.paced());
    }
  }

  /**
   * Not done, and it waits for an operator however long that takes; looked at after {@code after}.
   *
   * @param begun whether the platform was asked and refused; otherwise others were refused before
   */
  record Held(String reason, Duration after, boolean begun) implements Settlement {}

  /**
   * Not begun: what it needs is not there yet. It counts as no attempt, so that the platform need
   * not be asked whether an earlier one was carried out.
   */
  record NotYet(String reason, Duration after) implements Settlement {}

  /** Not done and never will be. */
  record Failed(String reason, Consumer<Moment> facts) implements Settlement {}

  /** May have been done. */
  record Unknown(String reason) implements Settlement {}

  /** Returns a finished order about which nothing more is to be said. */
  static Settlement done() {
    return new Done("", moment -> {});
  }

  /** Returns a finished order with something to write. */
  static Settlement done(String result, Consumer<Moment> facts) {
    return new Done(result, facts);
  }

  /** Returns an order that will not be carried out. */
  static Settlement failed(String reason) {
    return new Failed(reason, moment -> {});
  }
}
