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
 * @param fields the fields in order; without any it only tells something
 * @param lead what stands above the fields
 */
public record Form(
    String token, String title, String submit, String note, List<Field> fields, Lead lead) {

  /** Keeps an unmodifiable copy; nothing stands above the fields unless given. */
  public Form {
    fields = List.copyOf(fields);
    lead = lead == null ? Lead.NONE : lead;
  }

  /** Makes a form with nothing above its fields. */
  public Form(String token, String title, String submit, String note, List<Field> fields) {
    this(token, title, submit, note, fields, Lead.NONE);
  }

  /** Returns this form with something above its fields. */
  public Form withLead(Lead other) {
    return new Form(token, title, submit, note, fields, other);
  }

  /** Returns this form with another label on the button that submits it. */
  public Form withSubmit(String other) {
    return new Form(token, title, other, note, fields, lead);
  }

  /**
   * What stands above the fields: what to know first, and ways to do something else instead.
   *
   * @param sections paragraphs
   * @param buttons what can be pressed instead of submitting
   */
  public record Lead(List<Section> sections, List<Button> buttons) {

    /** Nothing. */
    public static final Lead NONE = new Lead(List.of(), List.of());

    /** Keeps unmodifiable copies. */
    public Lead {
      sections = List.copyOf(sections);
      buttons = List.copyOf(buttons);
    }
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
