// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import java.util.List;

/**
 * The card of a message of the bot, as it is stored and as it goes over the wire.
 *
 * @param title its title; empty for none
 * @param facts names and values
 * @param sections paragraphs
 * @param buttons what can be pressed
 * @param form a form to fill in; null for none
 */
record WireCard(
    String title,
    List<WireFact> facts,
    List<WireSection> sections,
    List<WireButton> buttons,
    WireForm form) {

  WireCard {
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
    buttons = List.copyOf(buttons);
  }

  /**
   * A piece of text.
   *
   * @param kind {@code words strong code who when link room}
   * @param text what is shown, as plain text
   * @param target a user, an instant, an address or a channel, as the kind says; null for none
   */
  record Piece(String kind, String text, String target) {}

  /**
   * A name and its value.
   *
   * @param name the name
   * @param value the value as plain text
   * @param pieces the value in pieces
   */
  record WireFact(String name, String value, List<Piece> pieces) {}

  /**
   * A paragraph.
   *
   * @param heading its heading; empty for none
   * @param text its words as plain text
   * @param style {@code plain quote code note}
   * @param pieces its words in pieces
   */
  record WireSection(String heading, String text, String style, List<Piece> pieces) {}

  /**
   * A button.
   *
   * @param label what it says
   * @param action the stable name of what it does
   * @param token what a press hands back
   * @param style {@code plain primary danger}
   * @param confirm the question asked first; null for none
   */
  record WireButton(String label, String action, String token, String style, Question confirm) {}

  /**
   * A question before a press counts.
   *
   * @param title short
   * @param text what will happen
   * @param yes label of the consenting button
   */
  record Question(String title, String text, String yes) {}

  /**
   * A form.
   *
   * @param token what a submission hands back
   * @param title its title
   * @param submit label of the submitting button
   * @param note what will happen
   * @param fields its fields
   */
  record WireForm(String token, String title, String submit, String note, List<WireField> fields) {}

  /**
   * A field of a form.
   *
   * @param name key of its value
   * @param label what is asked
   * @param kind {@code line text choice tick person}
   * @param required whether it must be filled
   * @param hint an example; may be empty
   * @param initial what it holds at first
   * @param options the choices
   * @param maxLength longest answer in characters
   */
  record WireField(
      String name,
      String label,
      String kind,
      boolean required,
      String hint,
      String initial,
      List<WireOption> options,
      int maxLength) {}

  /**
   * A choice.
   *
   * @param value what is handed back
   * @param label what is shown
   */
  record WireOption(String value, String label) {}
}
