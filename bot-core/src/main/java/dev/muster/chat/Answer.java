// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.Map;
import java.util.Optional;

/** What goes back in the answer slot of a form or a synchronous press; pure and stored. */
public sealed interface Answer {

  /** Nothing to show; a form closes. */
  record Accepted() implements Answer {}

  /**
   * The form stays open with a sentence beside each wrong field.
   *
   * @param fields sentence by field name
   * @param instead the form that says the same above its fields, for platforms that can replace an
   *     open form while keeping what was typed
   */
  record FieldErrors(Map<String, String> fields, Optional<Form> instead) implements Answer {
    /** Keeps an unmodifiable copy. */
    public FieldErrors {
      fields = Map.copyOf(fields);
    }

    /** Makes the plain answer: sentences beside fields. */
    public FieldErrors(Map<String, String> fields) {
      this(fields, Optional.empty());
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
