// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import java.util.Arrays;
import java.util.Optional;

/** The message extensions that Muster answers; the app's manifest names exactly these. */
public enum Shortcut {
  /** Opens the form, from where people write; on a message with its words in it. */
  DECLARE("declare", Kind.ANYWHERE, "declare"),
  /** Puts a message on the timeline. */
  ADD_TO_TIMELINE("addTimeline", Kind.MESSAGE, "timeline add"),
  /** Makes a message an action item. */
  CREATE_ACTION("createAction", Kind.MESSAGE, "action");

  /** Where people find a shortcut. */
  public enum Kind {
    /** Where they write, by its slash, and in the menu of a message. */
    ANYWHERE,
    /** In the menu of a message alone. */
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

  /** Returns the one that Teams calls so, if there is one. */
  static Optional<Shortcut> of(String id) {
    return Arrays.stream(values()).filter(shortcut -> shortcut.id.equals(id)).findFirst();
  }

  /** Returns what Teams calls it, {@code id} of a command in a manifest. */
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
