// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What holds whatever dies: each looks at the same evidence and says how it is broken. */
enum Invariant {
  /** Every input that was acknowledged is stored, handled, and led to something visible. */
  I1(StorePromises::inputsAreHandled),
  /**
   * One incident, one channel, one card, one announcement, one message, one call for each cause.
   */
  I2(ChatPromises::nothingIsDoubled),
  /** Nothing is left half done. */
  I3(StorePromises::nothingLiesAround),
  /** People were told of whatever failed, was set aside or is unknown. */
  I4(ChatPromises::troubleIsTold),
  /** Facts are in order, and cards show the newest of them. */
  I5(ChatPromises::cardsAreFresh),
  /** What was due happened, once, and not early. */
  I6(StorePromises::timersFireOnce),
  /** No step was called that was not approved as it was called. */
  I7(StorePromises::callsWereApproved),
  /** The chain fits, and what was done outside stands on it. */
  I8(StorePromises::deedsAreOnTheTimeline),
  /** After a restore nothing is done again that was done before. */
  I9(StorePromises::restoreRepeatsNothing),
  /** Words of private incidents stand in their own channels alone. */
  I10(ChatPromises::privateWordsStayInside),
  /** Secrets stand nowhere. */
  I11(ChatPromises::secretsStandNowhere),
  /** The database file is whole. */
  I12(StorePromises::fileIsWhole);

  private final Function<Evidence, List<String>> broken;

  Invariant(Function<Evidence, List<String>> broken) {
    this.broken = broken;
  }

  /** Returns how the evidence breaks it, in sentences; nothing when it holds. */
  List<String> broken(Evidence evidence) {
    return broken.apply(evidence);
  }

  /** Returns how the evidence breaks any of them, each sentence behind its name. */
  static List<String> allBroken(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    for (Invariant invariant : values()) {
      invariant.broken(evidence).forEach(problem -> problems.add(invariant + " " + problem));
    }
    return problems;
  }
}
