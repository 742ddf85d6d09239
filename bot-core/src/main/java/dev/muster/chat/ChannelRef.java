// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A channel's opaque identity on one platform; survives renaming.
 *
 * @param platform the platform's name as written in the configuration
 * @param id the platform's own identifier
 */
public record ChannelRef(String platform, String id) {
  /** Refuses blank parts. */
  public ChannelRef {
    if (platform.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("a channel needs a platform and an id");
    }
  }

  @Override
  public String toString() {
    return platform + ":" + id;
  }
}
