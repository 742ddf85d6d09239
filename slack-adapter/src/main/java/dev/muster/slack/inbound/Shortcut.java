// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import java.util.Arrays;
import java.util.Optional;

/** The shortcuts that Muster knows; the manifest names exactly these. */
public enum Shortcut {
  /** Opens the form, from anywhere. */
  DECLARE("inc_declare_global", Kind.GLOBAL, "declare"),
  /** Opens the form with a message in it. */
  DECLARE_FROM_MESSAGE("inc_declare_message", Kind.MESSAGE, "declare"),
  /** Puts a message on the timeline. */
  ADD_TO_TIMELINE("inc_timeline_add", Kind.MESSAGE, "timeline add"),
  /** Makes a message an action item. */
  CREATE_ACTION("inc_action_create", Kind.MESSAGE, "action");

  /** Where people find a shortcut. */
  public enum Kind {
    /** In the menu of the whole workspace. */
    GLOBAL,
    /** In the menu of a message. */
    MESSAGE
  }

  private final String id;
  private final Kind kind;
  private final String verb;

  Shortcut(String id, Kind kind, String verb) {
    this.id = id;
    this.kind = kind;
    this.verb = verb;
  }

  /** Returns the shortcut of that kind that Slack calls so, if there is one. */
  static Optional<Shortcut> of(Kind kind, String id) {
    return Arrays.stream(values())
        .filter(shortcut -> shortcut.kind == kind && shortcut.id.equals(id))
        .findFirst();
  }

  /** Returns what Slack calls it, {@code callback_id} in a manifest. */
  public String id() {
    return id;
  }

  /** Returns where people find it. */
  public Kind kind() {
    return kind;
  }

  /** Returns the command it stands for. */
  String verb() {
    return verb;
  }
}
