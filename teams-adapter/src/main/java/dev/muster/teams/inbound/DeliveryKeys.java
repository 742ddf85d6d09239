// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.MessageRef;
import dev.muster.teams.client.MessageIds;
import java.time.Instant;

/** The keys by which repeats are recognised, the same for live deliveries and for history. Pure. */
final class DeliveryKeys {

  private DeliveryKeys() {}

  static String message(MessageRef message) {
    return "message:" + name(message);
  }

  /** A command that was read as words before it was told. */
  static String command(MessageRef message) {
    return "command:" + name(message);
  }

  static String edit(MessageRef message, Instant at) {
    return "edit:" + name(message) + ":" + at.toEpochMilli();
  }

  static String deletion(MessageRef message) {
    return "deletion:" + name(message);
  }

  /** Teams repeats an invoke with new ids, so the token is the key and the core knows it again. */
  static String press(String token, String activity) {
    return "press:" + token + ":" + activity;
  }

  static String submission(String token, String activity) {
    return "form:" + token + ":" + activity;
  }

  static String other(String conversation, String activity, String what) {
    return what + ":" + conversation + ":" + activity;
  }

  private static String name(MessageRef message) {
    return message.channel().id() + ":" + MessageIds.id(message);
  }
}
