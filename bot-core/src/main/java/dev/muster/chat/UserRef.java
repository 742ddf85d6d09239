// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A person's opaque identity on one platform. Never made from a display name.
 *
 * @param platform the platform's name as written in the configuration
 * @param id the platform's own identifier
 */
public record UserRef(String platform, String id) {
  /** Refuses blank parts. */
  public UserRef {
    if (platform.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("a user needs a platform and an id");
    }
  }

  @Override
  public String toString() {
    return platform + ":" + id;
  }
}
