// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.Arrays;
import java.util.List;

/** What a person may write down about an incident, and the one fact that comes of it. */
enum Deed {
  /** A follow-up. */
  ACTION("action", "action_added"),
  /** Something to do now. */
  TASK("task", "task_added"),
  /** What people outside notice. */
  IMPACT("impact", "field_changed"),
  /** A status update. */
  UPDATE("update", "status_update_posted"),
  /** A note. */
  NOTE("timeline add", "note_added");

  private final String verb;
  private final String fact;

  Deed(String verb, String fact) {
    this.verb = verb;
    this.fact = fact;
  }

  /** Returns the command of that number, cyclically. */
  static Deed numbered(int number) {
    return values()[number % values().length];
  }

  /** Returns what is typed. */
  String command(String words) {
    return verb + " " + words;
  }

  /** Returns whether a fact came of one of them with these words; an old value stands elsewhere. */
  static boolean isFactOf(StoreNow.Fact fact, String words) {
    List<String> kinds = Arrays.stream(values()).map(deed -> deed.fact).toList();
    return kinds.contains(fact.kind()) && fact.text().contains(words);
  }

  /** Returns whether a run of a runbook came of a request with these words. */
  static boolean isRunOf(StoreNow.Fact fact, String words) {
    return fact.kind().equals("runbook_started")
        && fact.details().path("parameters").toString().contains("\"" + words + "\"");
  }
}
