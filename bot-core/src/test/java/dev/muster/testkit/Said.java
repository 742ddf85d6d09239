// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Fact;
import dev.muster.chat.Form;
import dev.muster.chat.Section;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something the bot showed to people.
 *
 * @param scene what had happened
 * @param way how it was shown
 * @param message what was said; for a form, what is said where no form can be opened
 * @param form the form, when {@code way} is {@link Way#FORM}
 */
public record Said(String scene, Way way, BotMessage message, Optional<Form> form) {

  /** How something is shown. */
  public enum Way {
    /** A message in a channel, new or edited. */
    MESSAGE,
    /** An answer for one person alone. */
    PRIVATE,
    /** A window to fill in. */
    FORM,
    /** A window that says one thing. */
    NOTICE,
    /** Somebody's own screen. */
    HOME,
    /** A card under a link. */
    LINK
  }

  /** Returns what two showings have in common when only their numbers and words differ. */
  public String kind() {
    String parts =
        message.facts().stream().map(Fact::name).collect(Collectors.joining(","))
            + message.sections().stream().map(Section::heading).collect(Collectors.joining(","))
            + message.buttons().stream().map(b -> b.label()).collect(Collectors.joining(","))
            + form.map(f -> f.title() + f.submit()).orElse("");
    String words = message.title().isEmpty() ? message.text() : message.title();
    return (way + " " + words + " " + message.tone() + " " + parts)
        .replaceAll("[0-9]+", "#")
        .replaceAll("[^\\p{ASCII}]", "?");
  }
}
