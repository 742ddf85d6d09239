// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import java.time.Duration;

/** An order to a platform, to be given again under its key until it is done. */
@FunctionalInterface
public interface RepeatedOrder {

  /** So often an order is given again at the most. */
  int TRIES = 8;

  /** Between two tries; longer than any pause that a stand-in asks for. */
  Duration BETWEEN = Duration.ofSeconds(31);

  /** Gives the order once. */
  ChatOutcome<?> give(OnceKey key);

  /**
   * Gives it again, each time a while later, until it is done or was tried often enough.
   *
   * @param first the key under which it was given first
   * @param outcome what came of that
   * @return what came of it in the end
   */
  default ChatOutcome<?> untilDone(OnceKey first, ChatOutcome<?> outcome, ManualClock clock) {
    OnceKey key = first;
    ChatOutcome<?> last = outcome;
    for (int i = 0; i < TRIES && !(last instanceof ChatOutcome.Done); i++) {
      clock.advance(BETWEEN);
      key = key.again();
      last = give(key);
    }
    return last;
  }
}
