// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One or more levels of a policy that are asked together, now.
 *
 * @param firstLevel first level asked, counted from 1
 * @param lastLevel last level asked; larger than {@code firstLevel} only when catching up
 * @param targets who is asked, without repeats
 * @param dueAt when the first of these levels was due
 * @param after the escalation once they have been asked
 * @param now when they are asked
 */
public record Asking(
    int firstLevel,
    int lastLevel,
    List<Target> targets,
    Instant dueAt,
    Escalation after,
    Instant now) {

  /** A timer may be this late without anybody having to explain it. */
  static final Duration PUNCTUAL = Duration.ofMinutes(2);

  /** Drops targets that stand in several levels. */
  public Asking {
    targets = List.copyOf(new LinkedHashSet<>(targets));
  }

  /** Returns how late the first level is asked; zero when punctual within two minutes. */
  public Duration late() {
    Duration late = Duration.between(dueAt, now);
    return late.compareTo(PUNCTUAL) < 0 ? Duration.ZERO : late;
  }
}
