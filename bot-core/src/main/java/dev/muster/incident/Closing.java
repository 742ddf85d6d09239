// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import java.util.Locale;
import java.util.Optional;

/**
 * Why an incident was closed.
 *
 * @param reason the reason
 * @param duplicateOf the incident it duplicates; present exactly for {@link Reason#DUPLICATE}
 */
public record Closing(Reason reason, Optional<IncidentId> duplicateOf) {

  /** The reasons there are. */
  public enum Reason {
    /** It ran its course. */
    COMPLETED,
    /** Nothing was wrong. */
    FALSE_ALARM,
    /** Another incident is about the same thing. */
    DUPLICATE;

    /** Returns the reason as people and programs write it, in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses a duplicate without its original, and the reverse. */
  public Closing {
    if ((reason == Reason.DUPLICATE) != duplicateOf.isPresent()) {
      throw new IllegalArgumentException("exactly a duplicate names another incident");
    }
  }

  /** Returns a closing that names no other incident. */
  public static Closing as(Reason reason) {
    return new Closing(reason, Optional.empty());
  }
}
