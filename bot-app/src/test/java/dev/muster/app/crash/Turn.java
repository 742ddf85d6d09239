// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.time.Duration;
import java.util.Locale;

/**
 * One thing of a schedule: an act of somebody, or a fault.
 *
 * @param kind what it is
 * @param of on what, for faults of calls and deliveries, or by how many hours; empty for others
 * @param number where, or how many; each kind says what it counts
 */
record Turn(Kind kind, String of, int number) {

  /** What there is. */
  enum Kind {
    /** Somebody declares; the number says who. */
    DECLARE,
    /** Monitoring states an alert. */
    ALERT,
    /** Somebody says something in the channel of that number. */
    SAY,
    /** Somebody writes something down in the channel of that number, which also says what. */
    DEED,
    /** Somebody changes the severity in the channel of that number, which is done there once. */
    SEVERITY,
    /** Somebody presses for more people in the channel of that number. */
    ESCALATE,
    /** Somebody asks for the rollback in the channel of that number. */
    ROLL_BACK,
    /** The number says who approves what somebody asked for. */
    APPROVE,
    /** Everybody waits until nothing is under way. */
    REST,
    /** So many next calls of a verb or method go wrong. */
    CALL,
    /** So many next calls of the runbook's target go wrong. */
    TARGET,
    /** The next delivery is repeated, late by that number of others, or its answer is lost. */
    DELIVERY,
    /** The chat takes nothing during that many turns. */
    AWAY,
    /** SIGKILL after that many commits and calls have begun or ended. */
    KILL,
    /** The process stops as it should, and starts again. */
    RESTART,
    /** Each sync of the disk takes that many milliseconds, until all ends. */
    SLOW_DISK,
    /** The machine's clock is so many hours out during that many turns. */
    CLOCK,
    /** SIGSTOP, and SIGCONT that many minutes and one turn later. */
    FREEZE;

    /** Returns whether somebody does it to the bot, on a thread of its own. */
    boolean isAct() {
      return compareTo(REST) < 0;
    }

    /** Returns whether it is a fault. */
    boolean isFault() {
      return compareTo(REST) > 0;
    }
  }

  /** Returns how far out the clock is. */
  Duration hours() {
    return Duration.ofHours(Integer.parseInt(of.substring(0, of.length() - 1)));
  }

  /** Reads what {@link #toString} wrote. */
  static Turn parse(String text) {
    String[] words = text.strip().split(" ");
    return new Turn(
        Kind.valueOf(words[0].replace('-', '_').toUpperCase(Locale.ROOT)),
        words.length == 3 ? words[1] : "",
        Integer.parseInt(words[words.length - 1]));
  }

  @Override
  public String toString() {
    String word = kind.name().replace('_', '-').toLowerCase(Locale.ROOT);
    return word + (of.isEmpty() ? " " : " " + of + " ") + number;
  }
}
