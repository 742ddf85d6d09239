// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import dev.muster.chat.BotMessage.Tone;
import java.util.List;

/**
 * One card of a message that a program posted, without markup: what a reader sees, part by part.
 * All text is untrusted; a part that is not there is empty.
 *
 * @param before words above the card
 * @param title its heading
 * @param titleUrl where the heading leads
 * @param text its words, line by line
 * @param fields names and values on it
 * @param footer small words below
 * @param tone what its colour says
 * @param summary the whole in one line, as shown where cards cannot be
 * @param links where its buttons and links lead, in order, at most {@link #MOST_LINKS}
 */
public record PostedCard(
    String before,
    String title,
    String titleUrl,
    String text,
    List<Field> fields,
    String footer,
    Tone tone,
    String summary,
    List<String> links) {

  /** More links than this are left out. */
  public static final int MOST_LINKS = 40;

  /**
   * A name and its value.
   *
   * @param name what it is
   * @param value what it says; untrusted
   */
  public record Field(String name, String value) {}

  /** Keeps unmodifiable copies. */
  public PostedCard {
    fields = List.copyOf(fields);
    links = List.copyOf(links);
  }
}
