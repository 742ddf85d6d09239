// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.store.ActionStore.ButtonAction;

/** Remembers that a form was sent back with a question, which submitting it again answers. */
final class Told {

  private Told() {}

  /** Returns whether this form was not sent back before, and remembers that it is now. */
  static boolean first(Moment moment, ButtonAction form) {
    String note = "told/" + form.token();
    boolean first = moment.tx().note(note).isEmpty();
    if (first) {
      moment.tx().keepNote(note, moment.now().toString());
    }
    return first;
  }
}
