// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A channel to be opened.
 *
 * @param wantedName the wanted name; the adapter makes it legal and unique on its platform
 * @param topic one line of plain text
 * @param isPrivate whether only members see it
 */
public record ChannelSpec(String wantedName, String topic, boolean isPrivate) {}
