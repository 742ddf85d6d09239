// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import dev.muster.chat.PostedCard;
import java.time.Instant;
import java.util.List;

/**
 * A message of an alert channel, as it is read. All text is untrusted.
 *
 * @param source what the alert's key names as its source
 * @param fromProgram whether a program posted it
 * @param text the words; for programs the text of their cards
 * @param cards the program's cards, part by part
 * @param at when it was posted or rewritten
 */
public record AlertMessage(
    String source, boolean fromProgram, String text, List<PostedCard> cards, Instant at) {

  /** The annotation that says whose message it was read as; only alerts read from messages. */
  public static final String READ_AS = "read as";

  /** The annotation that says how many alerts of a group fire, when it is more than one. */
  public static final String COUNT = "alerts in the group";

  /** The annotation with the values of labels whose names the message does not say. */
  public static final String VALUES = "values";

  /** The annotation with the message itself. */
  public static final String MESSAGE = "message";

  /** The annotation that names the webhook source which states the same alerts. */
  public static final String SAME_AS = "same as";

  /** Keeps an unmodifiable copy. */
  public AlertMessage {
    cards = List.copyOf(cards);
  }
}
