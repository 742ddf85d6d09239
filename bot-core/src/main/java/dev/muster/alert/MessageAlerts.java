// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import java.time.Instant;
import java.util.Optional;

/** Reads chat messages of alert channels as alerts. */
@FunctionalInterface
public interface MessageAlerts {

  /**
   * Returns the alert a message states; empty when it states none.
   *
   * @param source what the alert's key names as its source
   * @param text the message, untrusted
   * @param at when it was posted
   */
  Optional<Alert> read(String source, String text, Instant at);
}
