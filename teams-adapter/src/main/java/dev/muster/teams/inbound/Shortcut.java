// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import java.util.Arrays;
import java.util.Optional;

/** The message extensions that Muster answers; the app's manifest names exactly these. */
public enum Shortcut {
  /** Opens the form, from where people write. */
  DECLARE("declare", "declare");

  private final String id;
  private final String verb;

  Shortcut(String id, String verb) {
    this.id = id;
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

  /** Returns the command it stands for. */
  String verb() {
    return verb;
  }
}
