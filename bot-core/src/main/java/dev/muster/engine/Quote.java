// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.PlainWords;
import dev.muster.chat.Quotation;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries a chosen message through a form: written into what its token holds, and read back. */
final class Quote {

  private static final int LONGEST = 3_000;
  private static final String PREFIX = "quoted.";

  private Quote() {}

  /** Returns what a form holds of a chosen message. */
  static Map<String, String> holding(Moment moment, Quotation chosen) {
    Map<String, String> holds = new LinkedHashMap<>();
    holds.put(PREFIX + "platform", chosen.message().channel().platform());
    holds.put(PREFIX + "channel", chosen.message().channel().id());
    holds.put(PREFIX + "message", chosen.message().id());
    holds.put(PREFIX + "author", chosen.author().ref().id());
    Person known = People.known(moment, chosen.author().ref());
    boolean nameless = chosen.author().name().equals(chosen.author().ref().id());
    holds.put(PREFIX + "name", nameless ? known.name() : chosen.author().name());
    holds.put(PREFIX + "at", chosen.at().toString());
    holds.put(PREFIX + "program", String.valueOf(chosen.byProgram()));
    chosen.permalink().ifPresent(link -> holds.put(PREFIX + "link", link));
    String text = People.readable(moment, chosen.text());
    holds.put(PREFIX + "text", PlainWords.begin(text, LONGEST));
    return holds;
  }

  /**
   * Returns the chosen message that a form holds, if it holds one.
   *
   * @param here the platform of the form; older ones do not say where the message stands
   */
  static Optional<Quotation> held(Moment moment, String here, Map<String, String> holds) {
    if (!holds.containsKey(PREFIX + "message")) {
      return Optional.empty();
    }
    String platform = holds.getOrDefault(PREFIX + "platform", here);
    ChannelRef channel = new ChannelRef(platform, holds.get(PREFIX + "channel"));
    UserRef author = new UserRef(platform, holds.get(PREFIX + "author"));
    return Optional.of(
        new Quotation(
            new MessageRef(channel, holds.get(PREFIX + "message")),
            named(moment, author, holds.get(PREFIX + "name")),
            Boolean.parseBoolean(holds.get(PREFIX + "program")),
            holds.get(PREFIX + "text"),
            Instant.parse(holds.get(PREFIX + "at")),
            Optional.ofNullable(holds.get(PREFIX + "link"))));
  }

  /** Who had no name when the form was opened may have one now. */
  private static Person named(Moment moment, UserRef author, String name) {
    return name.equals(author.id()) ? People.known(moment, author) : new Person(author, name);
  }

  /** Returns the fact that a message reported the incident: its author said it, then and there. */
  static NewEntry reported(Quotation quoted, Person by) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("platform", quoted.message().channel().platform());
    data.put("channel", quoted.message().channel().id());
    data.put("fromProgram", quoted.byProgram());
    data.put("quotedBy", by.ref().toString());
    quoted.permalink().ifPresent(link -> data.put("permalink", link));
    return NewEntry.of(
            quoted.at(),
            EntryKind.MESSAGE_LOGGED,
            new Actor.Human(quoted.author()),
            quoted.text().isBlank() ? "(a message without words)" : quoted.text())
        .about(quoted.message().id())
        .because("reported")
        .with(data);
  }

  /** Returns the message as it is shown in the incident's channel. */
  static BotMessage shown(Quotation quoted) {
    String who = quoted.author().name();
    Section words = new Section("", Phrase.of(quoted.text()), Section.Style.QUOTE);
    BotMessage card =
        BotMessage.card("Reported by " + who + ": " + quoted.text(), "Reported by " + who);
    List<Section> sections =
        quoted
            .permalink()
            .map(
                link ->
                    List.of(
                        words,
                        new Section(
                            "", Phrase.of(new Span.Link("The message", link)), Section.Style.NOTE)))
            .orElse(List.of(words));
    return card.withSections(sections);
  }
}
