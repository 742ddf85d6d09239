// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.incident.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one person from drowning the others: 30 commands in 10 seconds. Used by the writer thread
 * alone; forgets people who fell silent.
 */
final class RateGuard {

  private static final int COMMANDS = 30;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int REMEMBERED = 1_000;

  private final Map<UserRef, Deque<Instant>> seen = new HashMap<>();

  /** Counts a command; returns a refusal when it is one too many. */
  Optional<Rejection> refusal(UserRef user, Instant now) {
    if (seen.size() > REMEMBERED) {
      seen.values().removeIf(times -> times.getLast().plus(WINDOW).isBefore(now));
    }
    Deque<Instant> times = seen.computeIfAbsent(user, u -> new ArrayDeque<>());
    while (!times.isEmpty() && times.getFirst().plus(WINDOW).isBefore(now)) {
      times.removeFirst();
    }
    times.addLast(now);
    if (times.size() <= COMMANDS) {
      return Optional.empty();
    }
    times.removeLast();
    return Optional.of(
        new Rejection(
            "too_fast",
            "Slow down: 30 commands in 10 seconds are the limit, and this one was not carried out.",
            "Send it again in a few seconds."));
  }
}
