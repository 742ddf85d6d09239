// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A channel to be opened.
 *
 * @param wantedName the wanted name; the adapter makes it legal and unique on its platform
 * @param topic one line of plain text that will change
 * @param isPrivate whether only members see it
 * @param purpose one line of plain text on what the channel is for; empty for none
 */
public record ChannelSpec(String wantedName, String topic, boolean isPrivate, String purpose) {

  /** Takes an absent purpose for none. */
  public ChannelSpec {
    purpose = purpose == null ? "" : purpose;
  }

  /** A channel without a purpose in words. */
  public ChannelSpec(String wantedName, String topic, boolean isPrivate) {
    this(wantedName, topic, isPrivate, "");
  }
}
