// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.command.PersonRef;
import dev.muster.incident.Rejection;
import dev.muster.store.Directory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out which person is meant, from what we know; nothing outside is asked. */
final class People {

  private static final Pattern MENTION =
      Pattern.compile("<@([a-z][a-z0-9_-]{0,31}):([^<>|\\s]{1,300})>");

  private People() {}

  /**
   * Either a person or the reason why none is meant.
   *
   * @param person who is meant
   * @param rejection why nobody is
   */
  record Found(Optional<Person> person, Optional<Rejection> rejection) {
    static Found of(Person person) {
      return new Found(Optional.of(person), Optional.empty());
    }

    static Found nobody(String reason, String sentence, String hint) {
      return new Found(Optional.empty(), Optional.of(new Rejection(reason, sentence, hint)));
    }
  }

  /** Returns who is meant by the words of a command. */
  static Found find(Exchange exchange, PersonRef wanted) {
    return wanted.match(
        () -> Found.of(exchange.by().person()),
        mention -> byRef(exchange, mention.ref()),
        named ->
            Acquaintance.byId(exchange, named.name())
                .map(People::usable)
                .orElseGet(() -> stranger("“" + named.name() + "”")),
        email ->
            Optional.ofNullable(exchange.lookups().people().get(email.address()))
                .map(People::usable)
                .orElseGet(() -> notFound(exchange, email.address(), email.address())));
  }

  /** Returns the person behind an identity; the name is the identifier until we know better. */
  static Person known(Moment moment, UserRef ref) {
    return moment
        .tx()
        .people()
        .find(ref)
        .map(known -> known.profile().person())
        .orElseGet(() -> new Person(ref, ref.id()));
  }

  /** Returns words as people read them: {@code <@platform:id>} becomes {@code @name}. */
  static String readable(Moment moment, String words) {
    return MENTION
        .matcher(words)
        .replaceAll(
            found -> {
              UserRef ref = new UserRef(found.group(1), found.group(2));
              return Matcher.quoteReplacement("@" + known(moment, ref).name());
            });
  }

  /** Returns the person an operator wrote down, on this platform unless another is named. */
  static Person configured(Moment moment, String platform, String written) {
    int colon = written.indexOf(':');
    UserRef ref =
        colon > 0
            ? new UserRef(written.substring(0, colon), written.substring(colon + 1))
            : new UserRef(platform, written);
    return known(moment, ref);
  }

  /** A platform may mention people by another identifier than the one it knows them by. */
  private static Found byRef(Exchange exchange, UserRef ref) {
    Optional<Directory.Known> known = exchange.moment().tx().people().find(ref);
    if (known.isPresent()) {
      return usable(known.get().profile());
    }
    Profile answered = exchange.lookups().people().get(ref.id());
    if (answered != null) {
      return usable(answered);
    }
    return exchange.lookups().asked()
        ? notFound(exchange, ref.id(), "@" + ref.id())
        : Found.of(new Person(ref, ref.id()));
  }

  private static Found notFound(Exchange exchange, String wanted, String words) {
    return exchange.lookups().silent().contains(wanted)
        ? Found.nobody(
            "not_answered",
            "I could not find out who " + words + " is; nothing was done.",
            "Try again in a minute.")
        : stranger(words);
  }

  static Found stranger(String words) {
    return Found.nobody(
        "unknown_person",
        "I do not know " + words + ".",
        "Mention the person, as in @ada, or give the e-mail address.");
  }

  static Found usable(Profile profile) {
    String name = profile.person().name();
    if (profile.bot()) {
      return Found.nobody(
          "is_a_bot",
          name + " is a program, not a person.",
          "Name a person, for example: /incident commander @ada");
    }
    if (!profile.active()) {
      return Found.nobody("inactive", name + " is no longer active.", "Name somebody else.");
    }
    if (profile.external()) {
      return Found.nobody("external", name + " is not from here.", "Name a colleague.");
    }
    return Found.of(profile.person());
  }

  /** Returns the people among these, or the first reason why one of them cannot be meant. */
  static FoundAll findAll(Exchange exchange, List<PersonRef> wanted) {
    List<Found> found =
        wanted.stream().flatMap(ref -> membersOrOne(exchange, ref).stream()).toList();
    return new FoundAll(
        found.stream().flatMap(f -> f.person().stream()).distinct().toList(),
        found.stream().flatMap(f -> f.rejection().stream()).findFirst());
  }

  private static List<Found> membersOrOne(Exchange exchange, PersonRef wanted) {
    Optional<List<Person>> group =
        wanted instanceof PersonRef.Named named
                && Acquaintance.byId(exchange, named.name()).isEmpty()
            ? Acquaintance.group(exchange, named.name())
            : Optional.empty();
    return group
        .map(members -> members.stream().map(Found::of).toList())
        .orElseGet(() -> List.of(find(exchange, wanted)));
  }

  /**
   * What became of several names.
   *
   * @param people those who are meant
   * @param rejection why one of them cannot be
   */
  record FoundAll(List<Person> people, Optional<Rejection> rejection) {}
}
