// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.Map;

/** What goes back in the answer slot of a form or a synchronous press; pure and stored. */
public sealed interface Answer {

  /** Nothing to show; a form closes. */
  record Accepted() implements Answer {}

  /**
   * The form stays open with a sentence beside each wrong field.
   *
   * @param fields sentence by field name
   */
  record FieldErrors(Map<String, String> fields) implements Answer {
    /** Keeps an unmodifiable copy. */
    public FieldErrors {
      fields = Map.copyOf(fields);
    }
  }

  /**
   * A sentence for this person alone.
   *
   * @param text the sentence
   */
  record Notice(String text) implements Answer {}

  /**
   * A form opens, or replaces the one that is open.
   *
   * @param form the form
   */
  record ShowForm(Form form) implements Answer {}
}
