// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import java.time.Duration;
import java.util.function.Consumer;

/** What became of carrying out an order, and what is to be written about it. */
sealed interface Settlement {

  /** Done; {@code facts} is run in the transaction that says so. */
  record Done(String result, Consumer<Moment> facts) implements Settlement {}

  /** Certainly not done; again after {@code after}. */
  record Later(String reason, Duration after) implements Settlement {}

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
