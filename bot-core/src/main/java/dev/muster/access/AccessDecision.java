// SPDX-License-Identifier: Apache-2.0
package dev.muster.access;

import dev.muster.incident.Rejection;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether somebody may do something. */
public sealed interface AccessDecision {

  /** Applies the function that fits. */
  default <R> R match(Supplier<R> allowed, Function<Rejection, R> denied) {
    return this instanceof Denied no ? denied.apply(no.rejection()) : allowed.get();
  }

  /** Yes. */
  record Allowed() implements AccessDecision {}

  /**
   * No.
   *
   * @param rejection why, and who may
   */
  record Denied(Rejection rejection) implements AccessDecision {}
}
