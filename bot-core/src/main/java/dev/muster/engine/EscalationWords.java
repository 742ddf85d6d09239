// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Person;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.oncall.Asking;
import dev.muster.store.ActionStore.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an escalation says: who is asked, for what, how late, and how to answer. */
final class EscalationWords {

  private final Tokens tokens;

  EscalationWords(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Returns the message that asks. */
  BotMessage message(
      Moment moment, Incident incident, String level, String text, List<Person> people) {
    ButtonMint mint =
        new ButtonMint(moment, tokens, "escalation/" + level, Optional.of(incident.id()));
    return BotMessage.card(text, "Help wanted · " + incident.id())
        .withButtons(List.of(mint.primary("Acknowledge", Press.ACK, Use.REPEATEDLY, Map.of())))
        .withMentions(people)
        .withTone(Tone.URGENT);
  }

  /** Returns what the message says. */
  static String sentence(Incident incident, Asking asking, List<Person> people, String reason) {
    String late =
        asking.late().isZero()
            ? ""
            : " This is "
                + UtcText.duration(asking.late())
                + " late, because the bot was not"
                + " running.";
    return incident.severity()
        + " incident "
        + incident.id()
        + " “"
        + incident.title()
        + "” needs somebody. Asking "
        + names(people)
        + " (level "
        + asking.lastLevel()
        + " of "
        + asking.after().policy().name()
        + ")."
        + (reason.isBlank() ? "" : " Reason: " + ended(reason))
        + late
        + " Press Acknowledge, or /incident ack "
        + incident.id()
        + ".";
  }

  /** Returns people as a list of names. */
  static String names(List<Person> people) {
    return people.stream().map(person -> "@" + person.name()).collect(Collectors.joining(", "));
  }

  /**
   * Returns the words with one full stop behind them, as platforms and people may write their own.
   */
  static String ended(String words) {
    return words.matches("(?s).*[.!?…]") ? words : words + ".";
  }
}
