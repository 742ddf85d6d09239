// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.time.Duration;
import java.time.Instant;

/** Tells time that has passed from a clock that was put back. */
public final class Elapsed {

  private Elapsed() {}

  /**
   * Returns whether a while is over. What began after now began before the clock was put back, and
   * nobody knows how long ago: it is over, or it would last until the clock comes round.
   *
   * @param since when it began
   * @param lasts how long it is
   */
  public static boolean isOver(Instant since, Duration lasts, Instant now) {
    return now.isBefore(since) || !now.isBefore(since.plus(lasts));
  }
}
