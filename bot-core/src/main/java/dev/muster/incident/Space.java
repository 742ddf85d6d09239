// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import dev.muster.chat.ChannelRef;

/**
 * A channel that belongs to an incident.
 *
 * @param channel its identity; the platform is part of it
 * @param name its name now, without {@code #}
 * @param url where members can open it
 */
public record Space(ChannelRef channel, String name, String url) {
  /** Returns the platform the channel is on. */
  public String platform() {
    return channel.platform();
  }
}
