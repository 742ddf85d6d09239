// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import java.util.List;
import java.util.function.Function;

/** What a command leads to. */
public sealed interface Decision {

  /**
   * It happens.
   *
   * @param events the facts in order, at least one
   */
  record Accepted(List<IncidentEvent> events) implements Decision {
    /** Keeps an unmodifiable copy. */
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * It does not happen.
   *
   * @param rejection why, for the person who asked
   */
  record Rejected(Rejection rejection) implements Decision {}

  /** Returns the decision that one fact happens. */
  static Decision accept(IncidentEvent event) {
    return new Accepted(List.of(event));
  }

  /** Returns the decision that nothing happens. */
  static Decision reject(String reason, String sentence, String hint) {
    return new Rejected(new Rejection(reason, sentence, hint));
  }

  /** Applies the function that fits. */
  default <R> R match(Function<List<IncidentEvent>, R> accepted, Function<Rejection, R> rejected) {
    return this instanceof Accepted a
        ? accepted.apply(a.events())
        : rejected.apply(((Rejected) this).rejection());
  }
}
