// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A message's opaque identity; unique within its channel.
 *
 * @param channel where the message stands
 * @param id the platform's own identifier
 */
public record MessageRef(ChannelRef channel, String id) {
  /** Refuses a blank identifier. */
  public MessageRef {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a message needs an id");
    }
  }

  @Override
  public String toString() {
    return channel + "/" + id;
  }
}
