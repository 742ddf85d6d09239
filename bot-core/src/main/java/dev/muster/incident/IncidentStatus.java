// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import java.util.Locale;
import java.util.Optional;

/**
 * Where an incident is. Ordered; a step may be skipped forwards, and only a reopening goes back.
 */
public enum IncidentStatus {
  /** Nobody knows yet what is wrong. */
  INVESTIGATING,
  /** What is wrong is known. */
  IDENTIFIED,
  /** The impact has stopped. */
  MITIGATED,
  /** The service is normal. */
  RESOLVED,
  /** The paperwork is done. */
  CLOSED;

  /** Returns the status as people and programs write it, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether people still work on an incident in this status. */
  public boolean isOpen() {
    return this != RESOLVED && this != CLOSED;
  }

  /** Reads a status in any case; empty for anything else. */
  public static Optional<IncidentStatus> parse(String text) {
    for (IncidentStatus status : values()) {
      if (status.word().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
