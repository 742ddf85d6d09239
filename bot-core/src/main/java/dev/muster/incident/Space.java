// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import dev.muster.chat.ChannelRef;
import java.util.Optional;

/**
 * Where an incident lives on a platform: a channel of its own, or one thread of a channel that
 * belongs to everybody.
 *
 * @param channel the channel's identity; the platform is part of it
 * @param name its name now, without {@code #}
 * @param url where members can open it
 * @param thread the root of the thread; empty when the whole channel is the incident's
 */
public record Space(ChannelRef channel, String name, String url, Optional<String> thread) {

  private static final char THREAD = '#';

  /** Reads what was stored before there were threads, too. */
  public Space {
    thread = thread == null ? Optional.empty() : thread;
  }

  /** Makes a space of a channel of its own. */
  public Space(ChannelRef channel, String name, String url) {
    this(channel, name, url, Optional.empty());
  }

  /** Returns the platform the channel is on. */
  public String platform() {
    return channel.platform();
  }

  /** Returns what tells this place from every other: the channel, or the thread in it. */
  public ChannelRef place() {
    return thread.map(root -> placeOf(channel, root)).orElse(channel);
  }

  /** Returns what tells a thread from its channel and from every other thread. */
  public static ChannelRef placeOf(ChannelRef channel, String thread) {
    return new ChannelRef(channel.platform(), channel.id() + THREAD + thread);
  }

  /** Returns whether a place may be a thread of a channel; one that is, always may. */
  public static boolean mayBeThread(ChannelRef place) {
    return place.id().indexOf(THREAD) >= 0;
  }
}
