// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.Memory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Identities of messages: each is greater, as text, than all that were given before, also after a
 * restart. Between {@link #take()} and {@link Ticket#close()} a message is on its way into the
 * store; readers stop before it, so that nobody pages past a message that appears later. Any thread
 * may call.
 */
final class MessageIds {

  private static final String CEILING = "x/ceiling";
  private static final long BLOCK = 10_000;
  private static final long GREATEST = 9_999_999_999_999L;

  private final Memory memory;
  private final ConcurrentSkipListSet<String> onTheWay = new ConcurrentSkipListSet<>();
  private long last = -1;
  private long ceiling = -1;

  MessageIds(Memory memory) {
    this.memory = memory;
  }

  /** Gives the next identity. */
  synchronized Ticket take() {
    if (ceiling < 0) {
      ceiling = memory.get(CEILING).map(Long::parseLong).orElse(0L);
      last = ceiling;
    }
    if (last >= ceiling) {
      memory.put(List.of(Memory.Write.of(CEILING, String.valueOf(last + BLOCK))));
      ceiling = last + BLOCK;
    }
    last++;
    String id = text(last);
    onTheWay.add(id);
    return new Ticket(id);
  }

  /** Returns the earliest identity that is on its way into the store. */
  Optional<String> earliestOnTheWay() {
    return onTheWay.isEmpty() ? Optional.empty() : Optional.ofNullable(onTheWay.ceiling(""));
  }

  /** Returns a text that orders messages from newest to oldest. */
  static String backwards(String id) {
    return text(GREATEST - Long.parseLong(id.substring(1)));
  }

  /** Returns whether a text can be an identity. */
  static boolean isId(String text) {
    return text.matches("m[0-9]{13}");
  }

  private static String text(long number) {
    return String.format("m%013d", number);
  }

  /** An identity whose message is on its way into the store. */
  final class Ticket implements AutoCloseable {
    private final String id;

    private Ticket(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }

    @Override
    public void close() {
      onTheWay.remove(id);
    }
  }
}
