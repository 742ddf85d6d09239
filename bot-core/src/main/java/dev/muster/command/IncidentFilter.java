// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Locale;
import java.util.Optional;

/** Which incidents a list shows; never one that its reader may not see. */
public enum IncidentFilter {
  /** Those not resolved or closed. The default. */
  OPEN,
  /** Open ones the asker belongs to. */
  MINE,
  /** Every one, newest first. */
  ALL,
  /** Open private ones the asker belongs to. */
  PRIVATE;

  /** Returns the word people write. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a choice in any case; empty for anything else. */
  public static Optional<IncidentFilter> parse(String text) {
    for (IncidentFilter filter : values()) {
      if (filter.word().equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(filter);
      }
    }
    return Optional.empty();
  }
}
