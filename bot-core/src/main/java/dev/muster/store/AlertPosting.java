// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.chat.MessageRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that states an alert.
 *
 * @param message which
 * @param alert the alert's identifier
 * @param source what an alert of this channel names as its source
 * @param thread the root of the thread it stands in; empty when it stands in the channel itself
 * @param permalink where members read it
 * @param at when it was posted or last rewritten
 * @param answered whether an answer below it is kept up
 * @param doubt why it is not certain that it is the alert of the incident; empty when it is
 * @param shownAt for when the answer was last ordered; the epoch before the first time
 * @param shows what tells the answer that was last ordered from another one
 */
public record AlertPosting(
    MessageRef message,
    String alert,
    String source,
    Optional<String> thread,
    Optional<String> permalink,
    Instant at,
    boolean answered,
    String doubt,
    Instant shownAt,
    String shows) {

  /** Returns this posting with its answer ordered for a time, to be kept up or not. */
  public AlertPosting shown(Instant when, String what, boolean keptUp) {
    return new AlertPosting(
        message, alert, source, thread, permalink, at, keptUp, doubt, when, what);
  }

  /** Returns this posting rewritten at a time. */
  public AlertPosting rewritten(Instant when, boolean keptUp) {
    return new AlertPosting(
        message, alert, source, thread, permalink, when, keptUp, doubt, shownAt, shows);
  }

  /** Returns this posting with another doubt. */
  public AlertPosting doubted(String why) {
    return new AlertPosting(
        message, alert, source, thread, permalink, at, answered, why, shownAt, shows);
  }
}
