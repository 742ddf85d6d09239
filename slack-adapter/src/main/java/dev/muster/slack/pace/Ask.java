// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.pace;

import dev.muster.chat.spi.Urgency;

/**
 * A call that asks whether it may be made now.
 *
 * @param method the Web API method
 * @param urgency whether it goes before others
 * @param channel the channel it posts to, or empty
 * @param message the message of that channel which it changes, or empty
 */
public record Ask(String method, Urgency urgency, String channel, String message) {

  /** Returns a call as urgent as a card, for which no channel counts. */
  public static Ask of(String method) {
    return of(method, Urgency.CARD);
  }

  /** Returns a call for which no channel counts. */
  public static Ask of(String method, Urgency urgency) {
    return new Ask(method, urgency, "", "");
  }

  /** Returns a post to a channel, or to a person by their id. */
  public static Ask post(Urgency urgency, String channel) {
    return new Ask("chat.postMessage", urgency, channel, "");
  }

  /** Returns a change of a message. */
  public static Ask edit(Urgency urgency, String channel, String message) {
    return new Ask("chat.update", urgency, channel, message);
  }
}
