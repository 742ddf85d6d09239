// SPDX-License-Identifier: Apache-2.0
package dev.muster.access;

import java.util.Locale;
import java.util.Optional;

/** What a person may do anywhere, apart from hats worn in one incident. Ordered, lowest first. */
public enum Level {
  /** Reads. Guests, programs and people from other companies never get above this. */
  VIEWER,
  /** Works on incidents. */
  RESPONDER,
  /** Also approves what other people asked for. */
  APPROVER,
  /** May do everything, except approve an own request. */
  ADMIN;

  /** Returns the level as people write it, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether this level includes everything {@code needed} may do. */
  public boolean reaches(Level needed) {
    return ordinal() >= needed.ordinal();
  }

  /** Reads a level in any case; empty for anything else. */
  public static Optional<Level> parse(String text) {
    for (Level level : values()) {
      if (level.word().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
