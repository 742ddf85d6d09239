// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A channel as the platform opened it.
 *
 * @param channel its identity
 * @param name the name it got, without {@code #}
 * @param url where members can open it
 */
public record OpenedChannel(ChannelRef channel, String name, String url) {}
