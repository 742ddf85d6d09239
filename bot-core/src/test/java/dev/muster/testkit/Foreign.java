// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import java.util.Locale;

/** The words of a {@link Rehearsal} that come from people and from monitoring, place by place. */
public enum Foreign {
  /** The title of an incident. */
  TITLE("Checkout answers with errors"),
  /** The title of another incident. */
  OTHER_TITLE("Search is slow in Europe"),
  /** What people outside notice. */
  IMPACT("12 % of payments in Europe fail"),
  /** A status update. */
  UPDATE("We are rolling back the deploy of 14:02. Payments recover slowly."),
  /** Why somebody changed something. */
  REASON("payments are affected"),
  /** A message of a person. */
  MESSAGE("The deploy of 14:02 looks wrong, the orders table is locked."),
  /** A note for the timeline. */
  NOTE("deploy 4711 finished"),
  /** A follow-up. */
  ACTION("Add an alert for the length of the queue"),
  /** The title of an alert. */
  ALERT("Checkout answers with errors in eu-1"),
  /** Where an alert says it comes from. */
  ALERT_URL("https://grafana.example.com/d/checkout"),
  /** The name of a person. */
  PERSON("Ada"),
  /** A value given to a runbook. */
  VERSION("1.4.1"),
  /** What a called target answered. */
  ANSWER("rolled back to 1.4.1");

  private final String typical;

  Foreign(String typical) {
    this.typical = typical;
  }

  /** Returns words as people would write them. */
  public String typical() {
    return typical;
  }

  /** Returns a word that stands nowhere else, to be replaced by any other later. */
  public String mark() {
    return "Zq" + name().toLowerCase(Locale.ROOT).replace("_", "") + "qz";
  }
}
