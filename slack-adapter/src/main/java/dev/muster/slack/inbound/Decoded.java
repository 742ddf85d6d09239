// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import dev.muster.chat.spi.Delivery;

/** What an event of Slack's means to us. */
public sealed interface Decoded {

  /**
   * Something to be stored.
   *
   * @param delivery with its key
   */
  record Heard(Delivery delivery) implements Decoded {}

  /**
   * Nothing to be stored; Slack is told that it arrived.
   *
   * @param reason enumerated, for the metric
   */
  record Ignored(String reason) implements Decoded {}
}
