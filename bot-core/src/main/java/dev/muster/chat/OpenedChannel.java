// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A channel as the platform opened it.
 *
 * @param channel its identity
 * @param name the name it got, without {@code #}
 * @param url where members can open it
 * @param described whether topic and purpose that were wanted stand there; where they take calls of
 *     their own, they are left to whoever opened it, because nobody waits for them
 */
public record OpenedChannel(ChannelRef channel, String name, String url, boolean described) {

  /** A channel with its topic and purpose, where it has them. */
  public OpenedChannel(ChannelRef channel, String name, String url) {
    this(channel, name, url, true);
  }
}
