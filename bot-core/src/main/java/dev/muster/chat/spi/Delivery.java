// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import dev.muster.chat.ChatEvent;
import java.util.List;

/**
 * One inbound push, verified and decoded.
 *
 * @param key by which repeats are recognised; unique within the platform
 * @param event what was heard
 * @param raw the body as it arrived, without signatures and tokens; may be empty
 * @param alongside records of the adapter that are stored in the same transaction
 */
public record Delivery(String key, ChatEvent event, byte[] raw, List<Memory.Write> alongside) {
  /** Keeps an unmodifiable copy. */
  public Delivery {
    alongside = List.copyOf(alongside);
  }

  /** Returns a delivery with nothing stored beside it. */
  public static Delivery of(String key, ChatEvent event) {
    return new Delivery(key, event, new byte[0], List.of());
  }
}
