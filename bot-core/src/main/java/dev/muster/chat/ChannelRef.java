// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.Optional;

/**
 * A channel's opaque identity on one platform; survives renaming.
 *
 * @param platform the platform's name as written in the configuration
 * @param id the platform's own identifier
 */
public record ChannelRef(String platform, String id) {
  private static final String ALONE = "@";

  /** Refuses blank parts. */
  public ChannelRef {
    if (platform.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("a channel needs a platform and an id");
    }
  }

  /**
   * Returns the place where the bot is alone with one person; the platform finds or opens it. No
   * platform's own identifier begins with an at sign.
   */
  public static ChannelRef aloneWith(UserRef person) {
    return new ChannelRef(person.platform(), ALONE + person.id());
  }

  /** Returns whom the bot is alone with there; empty for a channel. */
  public Optional<UserRef> alone() {
    return id.startsWith(ALONE) && id.length() > ALONE.length()
        ? Optional.of(new UserRef(platform, id.substring(ALONE.length())))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return platform + ":" + id;
  }
}
