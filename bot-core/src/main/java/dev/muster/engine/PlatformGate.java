// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets orders through to a platform while it knows the bot. When it does not any more, everything
 * waits, the operators hear of it, and it all goes on in order once it does again.
 */
final class PlatformGate {

  private static final String TOPIC = ChatEvent.OperatorNotice.CREDENTIALS;

  private final Ground ground;
  private final Holds holds;
  private final Notices notices;

  PlatformGate(Ground ground, Holds holds, Notices notices) {
    this.ground = ground;
    this.holds = holds;
    this.notices = notices;
  }

  /** Carries an order out unless the platform's orders are kept back. */
  Settlement pass(String platform, Supplier<Settlement> order) {
    Optional<Duration> wait = holds.wait(platform);
    if (wait.isPresent()) {
      return new Settlement.Held(
          "waits until " + platform + " knows the bot again", wait.get(), false);
    }
    Settlement settlement = order.get();
    if (settlement instanceof Settlement.Held held) {
      Duration again = holds.refused(platform);
      ground.write(moment -> notices.raise(moment, platform, TOPIC, held.reason()));
      return new Settlement.Held(held.reason(), again, true);
    }
    boolean answered =
        settlement instanceof Settlement.Done || settlement instanceof Settlement.Failed;
    if (answered && holds.works(platform)) {
      ground.write(moment -> notices.over(moment, platform, TOPIC));
    }
    return settlement;
  }
}
