// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.incident.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps one person from drowning the others: 30 commands in 10 seconds. What it counts lies in the
 * transaction of the command, so a command that is rolled back and handled again counts once. What
 * lies ahead, because the clock was put back, does not count: it would for as long as that was.
 */
final class RateGuard {

  private static final int COMMANDS = 30;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private RateGuard() {}

  /** Counts a command; returns a refusal, and counts nothing, when it is one too many. */
  static Optional<Rejection> refusal(Moment moment, UserRef user) {
    Deque<Long> times = counted(moment, user);
    long now = moment.now().toEpochMilli();
    long since = now - WINDOW.toMillis();
    times.removeIf(time -> time < since || time > now);
    if (times.size() >= COMMANDS) {
      Instant free = Instant.ofEpochMilli(times.getFirst()).plus(WINDOW);
      long seconds = Math.max(1, Duration.between(moment.now(), free).toSeconds());
      return Optional.of(
          new Rejection(
              "too_fast",
              "Slow down: 30 commands in 10 seconds are the limit, and this one was not carried"
                  + " out.",
              "Send it again in " + seconds + " s."));
    }
    times.addLast(now);
    String text = times.stream().map(String::valueOf).collect(Collectors.joining(" "));
    moment.tx().keepNote(note(user), text);
    return Optional.empty();
  }

  private static Deque<Long> counted(Moment moment, UserRef user) {
    return moment
        .tx()
        .note(note(user))
        .filter(text -> !text.isEmpty())
        .map(text -> Arrays.stream(text.split(" ")).map(Long::valueOf).toList())
        .map(ArrayDeque::new)
        .orElseGet(ArrayDeque::new);
  }

  private static String note(UserRef user) {
    return "pace/" + user;
  }
}
