// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.List;

/**
 * A form a person fills in. The token names one form for one person and is the key by which
 * repeated submissions are recognised.
 *
 * @param token opaque, unguessable
 * @param title at most 24 characters wanted
 * @param submit label of the submitting button
 * @param note what will happen; shown under the fields
 * @param fields the fields in order
 */
public record Form(String token, String title, String submit, String note, List<Field> fields) {

  /** Keeps an unmodifiable copy. */
  public Form {
    fields = List.copyOf(fields);
  }

  /** What kind of answer a field takes. */
  public enum Kind {
    /** One line. */
    LINE,
    /** Several lines. */
    TEXT,
    /** One of the options. */
    CHOICE,
    /** {@code true} or {@code false}. */
    TICK,
    /** A person, handed back as {@code <@platform:id>}. */
    PERSON
  }

  /**
   * One field.
   *
   * @param name stable name, the key of its value
   * @param label what is asked
   * @param kind what kind of answer
   * @param required whether it must be filled
   * @param hint an example or explanation; may be empty
   * @param initial what it holds at first; may be empty
   * @param options the choices, for {@link Kind#CHOICE}
   * @param maxLength longest answer in characters
   */
  public record Field(
      String name,
      String label,
      Kind kind,
      boolean required,
      String hint,
      String initial,
      List<Option> options,
      int maxLength) {
    /** Keeps an unmodifiable copy. */
    public Field {
      options = List.copyOf(options);
    }
  }

  /**
   * One choice.
   *
   * @param value what is handed back
   * @param label what is shown
   */
  public record Option(String value, String label) {}
}
