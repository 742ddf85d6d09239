// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory;
import dev.muster.teams.client.MessageIds;
import java.util.List;
import java.util.Optional;

/**
 * Messages that were read in a channel before Teams told of them. What is read there is taken for
 * words; should Teams tell later that it is a command, it is no repeat of those and is carried out.
 * Thread-safe.
 */
public final class ReadFirst {

  private static final String PREFIX = "read/";

  private final Memory memory;

  /** Creates it over the adapter's memory; reads nothing. */
  public ReadFirst(Memory memory) {
    this.memory = memory;
  }

  /** Returns the record of a message that was read, to be stored with it when it is new. */
  Memory.Write remember(MessageRef message) {
    return Memory.Write.of(key(message), "");
  }

  /** Returns a command that was taken for a repeat of words that were read, as one of its own. */
  Optional<Delivery> command(Delivery repeat) {
    return repeat.event() instanceof ChatEvent.CommandInvoked command
        ? command
            .message()
            .filter(message -> memory.get(key(message)).isPresent())
            .map(message -> again(repeat, message))
        : Optional.empty();
  }

  private static Delivery again(Delivery repeat, MessageRef message) {
    return new Delivery(DeliveryKeys.command(message), repeat.event(), repeat.raw(), List.of());
  }

  private static String key(MessageRef message) {
    return PREFIX + message.channel().id() + "/" + MessageIds.id(message);
  }
}
