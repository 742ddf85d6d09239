// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Remembers when somebody looked after the connections, so that time in which nobody did counts for
 * next to nothing. A silence is noticed by asking and waiting; a machine that sleeps, a process
 * that is stopped and a thread that hangs do neither. Not thread-safe.
 */
final class Attention {

  /** Looks come a few times a second; in a longer pause no more than this was work. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

  private final Duration noticedWithin;
  private final Deque<Look> looks = new ArrayDeque<>();

  /**
   * Creates a memory of nothing.
   *
   * @param noticedWithin how much work it takes until a connection that died is known to be dead
   */
  Attention(Duration noticedWithin) {
    this.noticedWithin = noticedWithin;
  }

  /** One look, and how much work there was until then. */
  private record Look(Instant at, Duration worked) {

    Duration workedUntil(Instant later) {
      Duration pause = Duration.between(at, later);
      if (pause.isNegative()) {
        return worked;
      }
      return worked.plus(pause.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : pause);
    }
  }

  /** Notes that somebody looks at this instant, which is not before the last one. */
  void look(Instant now) {
    if (looks.isEmpty()) {
      looks.add(new Look(now, Duration.ZERO));
    } else if (now.isAfter(looks.getLast().at())) {
      looks.add(new Look(now, looks.getLast().workedUntil(now)));
      forgetTheOld();
    }
  }

  /** What is looked up later may have happened a little before. */
  private void forgetTheOld() {
    Duration needed = looks.getLast().worked().minus(noticedWithin.multipliedBy(2));
    Look first = looks.poll();
    while (!looks.isEmpty() && looks.peek().worked().compareTo(needed) <= 0) {
      first = looks.poll();
    }
    looks.addFirst(first);
  }

  /** Returns the last instant at which what is found dead at {@code found} certainly lived. */
  Instant sureBefore(Instant found) {
    if (looks.isEmpty()) {
      return found;
    }
    Duration worked = Duration.ZERO;
    for (Look look : looks) {
      worked = look.at().isAfter(found) ? worked : look.workedUntil(found);
    }
    Duration sure = worked.minus(noticedWithin);
    Instant before = looks.peek().at();
    for (Look look : looks) {
      before = look.worked().compareTo(sure) <= 0 ? look.at() : before;
    }
    return before.isBefore(found) ? before : found;
  }

  /** Returns for how long before {@code now} nobody looked, of the time that is in doubt. */
  Duration missed(Instant now) {
    Duration since = Duration.between(sureBefore(now), now);
    return since.compareTo(noticedWithin) > 0 ? since.minus(noticedWithin) : Duration.ZERO;
  }
}
