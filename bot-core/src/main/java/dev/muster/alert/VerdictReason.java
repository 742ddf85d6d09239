// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import java.util.Locale;

/** Why an alert got its verdict; the same word in log, metric, timeline and journal. */
public enum VerdictReason {
  /** A rule says that such alerts declare an incident. */
  RULE_DECLARES,
  /** Too many incidents from one source in a short time; this one stands for all. */
  STORM_BEGINS,
  /** The storm's incident takes it. */
  STORM_CONTINUES,
  /** An alert of the same group has an incident. */
  SAME_GROUP,
  /** A message about a group, and an alert of that group heard by another road. */
  PART_OF_GROUP,
  /** Heard by two roads, and probably one alert; attached so that people can see and judge. */
  PROBABLY_SAME,
  /** It had resolved and fires again; its incident is not closed. */
  FIRES_AGAIN,
  /** As {@link #FIRES_AGAIN}, shortly after it resolved. */
  FLAPPING,
  /** It said the same before. */
  REPEATED,
  /** It fires on although its incident was closed. */
  STILL_FIRING,
  /** It no longer fires. */
  NO_LONGER_FIRING,
  /** It resolved, and it was never heard firing. */
  RESOLVED_UNKNOWN,
  /** No rule is about it; it is stored and listed. */
  NO_RULE,
  /** A rule says that such alerts are only stored. */
  RULE_STORES,
  /** A rule says to attach it, and its group has no unclosed incident. */
  NOTHING_TO_ATTACH_TO,
  /** A rule says that such alerts are ignored. */
  RULE_IGNORES,
  /** Somebody wants to hear nothing of it for a time. */
  SNOOZED;

  /** Returns the reason as it is written everywhere, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
