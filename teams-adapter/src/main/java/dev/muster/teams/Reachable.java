// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Fact;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.teams.client.DeepLinks;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.Places;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes what a message names reachable. Channels become links, because cards in Teams know no
 * channels, only addresses. People are mentioned by an id of Entra or of Teams alone: whom Teams
 * does not find by the id of a mention it leaves out, and shows the next one of the list in that
 * place. What is not known here keeps its name. Thread-safe; reads memory.
 */
final class Reachable {

  private static final Pattern ID =
      Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}|29:.+");

  private final Places places;
  private final DeepLinks links;

  Reachable(Places places, DeepLinks links) {
    this.places = places;
    this.links = links;
  }

  /** Returns the message as it is said in Teams. */
  BotMessage in(BotMessage message) {
    List<Fact> facts =
        message.facts().stream().map(fact -> new Fact(fact.name(), linked(fact.value()))).toList();
    List<Section> sections =
        message.sections().stream()
            .map(s -> new Section(s.heading(), linked(s.body()), s.style()))
            .toList();
    List<Person> found = message.mentions().stream().filter(Reachable::isFound).toList();
    return message.withFacts(facts).withSections(sections).withMentions(found);
  }

  private static boolean isFound(Person person) {
    return isHere(person.ref().platform()) && ID.matcher(person.ref().id()).matches();
  }

  private static boolean isHere(String platform) {
    return platform.equals(MessageIds.PLATFORM);
  }

  private Phrase linked(Phrase phrase) {
    return new Phrase(phrase.spans().stream().map(this::linked).toList());
  }

  private Span linked(Span span) {
    return span instanceof Span.Room room
        ? address(room).<Span>map(url -> new Span.Link(room.plain(), url)).orElse(room)
        : span;
  }

  private Optional<String> address(Span.Room room) {
    return Optional.of(room.channel())
        .filter(channel -> isHere(channel.platform()))
        .flatMap(channel -> places.conversation(channel.id()))
        .flatMap(place -> address(place, room.name()));
  }

  private Optional<String> address(Conversation place, String name) {
    if (place.kind() == Kind.GROUP_CHAT) {
      return Optional.of(links.chat(place.id()));
    }
    return place.kind() == Kind.CHANNEL && !place.group().isEmpty()
        ? Optional.of(links.channel(place.id(), name, place.group()))
        : Optional.empty();
  }
}
