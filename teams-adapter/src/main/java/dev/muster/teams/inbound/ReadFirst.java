// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Elapsed;
import dev.muster.chat.spi.Memory;
import dev.muster.teams.client.MessageIds;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Messages that were read in a channel before Teams told of them. What is read there is taken for
 * words; should Teams tell later that it is a command, it is no repeat of those and is carried out.
 * Thread-safe.
 */
public final class ReadFirst {

  /**
   * Teams keeps nothing to tell it later: a call that is not answered is repeated for about fifteen
   * seconds, and what was missed longer can only be read. Eight days are how long the core knows
   * words again, so that behind them even a command of a Teams that kept it would be none of its
   * repeats.
   */
  static final Duration KEPT = Duration.ofDays(8);

  /** Records looked at in one step; a step is one reading and at most one commit. */
  static final int AT_ONCE = 100;

  private static final Duration EVERY = Duration.ofHours(1);
  private static final String PREFIX = "read/";

  private final Memory memory;
  private String place = "";
  private Instant lastRound = Instant.MIN;

  /** Creates it over the adapter's memory; reads nothing. */
  public ReadFirst(Memory memory) {
    this.memory = memory;
  }

  /** Returns the record of a message that was read, to be stored with it when it is new. */
  Memory.Write remember(MessageRef message, Instant postedAt) {
    return Memory.Write.of(key(message), postedAt.toString());
  }

  /** Forgets what is old, a few records at each call; once through, it rests for an hour. */
  synchronized void tidy(Instant now) {
    if (place.isEmpty() && !Elapsed.isOver(lastRound, EVERY, now)) {
      return;
    }
    List<Memory.Entry> page = memory.scan(PREFIX, place, AT_ONCE);
    List<Memory.Write> changed = new ArrayList<>();
    for (Memory.Entry record : page) {
      Optional<Instant> postedAt = instant(record.value());
      if (postedAt.isEmpty()) {
        changed.add(Memory.Write.of(record.key(), now.toString()));
      } else if (!now.isBefore(postedAt.get().plus(KEPT))) {
        changed.add(Memory.Write.remove(record.key()));
      }
    }
    if (!changed.isEmpty()) {
      memory.put(changed);
    }
    boolean more = page.size() == AT_ONCE;
    place = more ? page.get(page.size() - 1).key() : "";
    lastRound = now;
  }

  /** Returns when a message was posted; empty where an earlier version did not note it. */
  private static Optional<Instant> instant(String value) {
    try {
      return Optional.of(Instant.parse(value));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
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
