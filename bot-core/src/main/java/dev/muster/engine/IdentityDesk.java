// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.command.Intent;
import dev.muster.command.Outward;
import dev.muster.command.PersonRef;
import dev.muster.incident.Rejection;
import dev.muster.store.Directory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets administrators say who is the same person on several platforms. What follows is told first.
 * Nobody links own identities, or an admin could become a member of any private incident; nobody
 * parts them, or whoever did could approve an own request.
 */
final class IdentityDesk {

  private static final Rejection OWN =
      new Rejection(
          "own_identities",
          "Nobody links or parts their own identities.",
          "Ask another admin; nothing was done.");

  private final IncidentLifecycle lifecycle;
  private final Tokens tokens;

  IdentityDesk(IncidentLifecycle lifecycle, Tokens tokens) {
    this.lifecycle = lifecycle;
    this.tokens = tokens;
  }

  /** Returns, by platform, the identities that a command names and nobody has met. */
  static Map<String, List<String>> unmet(Exchange exchange, Intent intent) {
    Stream<PersonRef> named =
        intent instanceof Outward.LinkPerson link
            ? Stream.of(link.one(), link.other())
            : intent instanceof Outward.UnlinkPerson unlink
                ? Stream.of(unlink.person())
                : Stream.empty();
    Set<String> platforms = exchange.moment().settings().announceChannels().keySet();
    return named
        .flatMap(ref -> ref instanceof PersonRef.Mention m ? Stream.of(m.ref()) : Stream.empty())
        .filter(ref -> platforms.contains(ref.platform()))
        .filter(ref -> met(exchange, ref).isEmpty())
        .collect(
            Collectors.groupingBy(
                UserRef::platform,
                TreeMap::new,
                Collectors.mapping(UserRef::id, Collectors.toList())));
  }

  /** A platform may mention people by another identifier than the one it knows them by. */
  private static Optional<Profile> met(Exchange exchange, UserRef named) {
    Moment moment = exchange.moment();
    Optional<UserRef> ref =
        named.id().indexOf('@') > 0
            ? Identities.byAddress(moment, named.platform(), named.id())
            : Optional.of(named);
    return ref.flatMap(moment.tx().people()::find)
        .map(Directory.Known::profile)
        .or(
            () ->
                Optional.ofNullable(exchange.lookups().people().get(named.id()))
                    .filter(who -> who.person().ref().platform().equals(named.platform())));
  }

  /** Links two identities, after saying what follows. */
  void link(Exchange exchange, Outward.LinkPerson wish) {
    People.Found one = find(exchange, wish.one());
    People.Found other = find(exchange, wish.other());
    Optional<Rejection> refusal =
        one.rejection().or(other::rejection).or(() -> impossible(exchange, one, other));
    if (refusal.isPresent()) {
      exchange.refuse(refusal.get());
      return;
    }
    Person first = one.person().orElseThrow();
    Person second = other.person().orElseThrow();
    String both = Identities.words(first) + " and " + Identities.words(second);
    if (wish.confirmed()) {
      Identities.link(exchange.moment(), first, second, exchange.actor(), "an admin");
      exchange.tell(both + " are one person from now on.");
      return;
    }
    ask(
        exchange,
        "Are they one person?",
        both
            + " would be one person: with one set of roles, in the same private incidents, and"
            + " neither could approve what the other asked for. Levels do not change.",
        "link-person " + first.ref() + " " + second.ref() + " confirm",
        "Link them");
  }

  private static Optional<Rejection> impossible(
      Exchange exchange, People.Found one, People.Found other) {
    Moment moment = exchange.moment();
    UserRef first = one.person().orElseThrow().ref();
    UserRef second = other.person().orElseThrow().ref();
    if (Identities.same(moment.tx(), first, second)) {
      return Optional.of(Rejection.of("already", "They are one person already."));
    }
    if (exchange.selves().contains(first) || exchange.selves().contains(second)) {
      return Optional.of(OWN);
    }
    return Identities.conflict(moment.tx(), first, second)
        .map(
            two ->
                new Rejection(
                    "two_on_one_platform",
                    Identities.words(People.known(moment, two.get(0)))
                        + " and "
                        + Identities.words(People.known(moment, two.get(1)))
                        + " would be one person, and a person has one identity on each platform.",
                    "Part the wrong one first: /incident unlink-person " + two.get(0)));
  }

  /** Parts an identity from the others, after saying what follows. */
  void unlink(Exchange exchange, Outward.UnlinkPerson wish) {
    Moment moment = exchange.moment();
    People.Found found = find(exchange, wish.person());
    if (found.rejection().isPresent()) {
      exchange.refuse(found.rejection().get());
      return;
    }
    Person person = found.person().orElseThrow();
    Set<UserRef> all = Identities.of(moment.tx(), person.ref());
    if (all.size() < 2) {
      exchange.refuse(
          Rejection.of("not_linked", Identities.words(person) + " is linked with nobody."));
    } else if (all.contains(exchange.by().person().ref())) {
      exchange.refuse(OWN);
    } else if (wish.confirmed()) {
      Identities.part(moment, lifecycle, person, exchange.actor());
      exchange.tell(Identities.words(person) + " is linked with nobody any more.");
    } else {
      String others =
          all.stream()
              .filter(ref -> !ref.equals(person.ref()))
              .map(ref -> Identities.words(People.known(moment, ref)))
              .collect(Collectors.joining(", "));
      ask(
          exchange,
          "Are they different people?",
          Identities.words(person)
              + " and "
              + others
              + " would be different people: each could approve what the other asked for.",
          "unlink-person " + person.ref() + " confirm",
          "Part them");
    }
  }

  private static People.Found find(Exchange exchange, PersonRef wanted) {
    if (!(wanted instanceof PersonRef.Mention mention)) {
      return People.find(exchange, wanted);
    }
    return met(exchange, mention.ref())
        .map(People::usable)
        .orElseGet(() -> People.stranger("“" + mention.ref() + "”"));
  }

  private void ask(Exchange exchange, String title, String what, String command, String label) {
    exchange.tell(
        BotMessage.card(what + " To do it: /incident " + command, title)
            .withButtons(List.of(new Offers(tokens).command(exchange, label, command)))
            .withTone(Tone.WARNING));
  }
}
