// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.store.Tx;
import java.time.Instant;

/** Remembers which channels people of other organisations can read. */
final class SharedChannels {

  private final Tx tx;

  SharedChannels(Tx tx) {
    this.tx = tx;
  }

  /** Remembers that a channel can be read from outside. */
  void note(ChannelRef channel, Instant now) {
    tx.keepNote(key(channel), now.toString());
  }

  /** Forgets it: the channel is for one organisation alone again. */
  void forget(ChannelRef channel) {
    if (has(channel)) {
      tx.keepNote(key(channel), "");
    }
  }

  /** Returns whether people of another organisation can read a channel, as far as we heard. */
  boolean has(ChannelRef channel) {
    return tx.note(key(channel)).filter(at -> !at.isEmpty()).isPresent();
  }

  private static String key(ChannelRef channel) {
    return "outside/" + channel;
  }
}
