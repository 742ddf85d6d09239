// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.Optional;

/**
 * Where something was said.
 *
 * @param channel the channel
 * @param channelName its name at that moment, without a leading {@code #}; may be empty
 * @param thread the root message of the thread, if it was said in one
 */
public record Place(ChannelRef channel, String channelName, Optional<String> thread) {
  /** Returns a place outside any thread. */
  public static Place of(ChannelRef channel, String channelName) {
    return new Place(channel, channelName, Optional.empty());
  }
}
