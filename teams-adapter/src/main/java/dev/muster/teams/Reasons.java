// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.spi.ChatOutcome;

/** Reads the sentence of an outcome that is not done. */
final class Reasons {

  private Reasons() {}

  static String of(ChatOutcome<?> outcome) {
    return outcome.match(
        done -> "", later -> later.reason(), refused -> refused, unknown -> unknown);
  }
}
