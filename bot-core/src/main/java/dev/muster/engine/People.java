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
        mention -> byRef(exchange.moment(), mention.ref()),
        named -> byName(exchange, named.name()),
        email -> byName(exchange, email.address()));
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

  private static Found byRef(Moment moment, UserRef ref) {
    Optional<Directory.Known> known = moment.tx().people().find(ref);
    if (known.isEmpty()) {
      return Found.of(new Person(ref, ref.id()));
    }
    return usable(known.get().profile());
  }

  private static Found usable(Profile profile) {
    String name = profile.person().name();
    if (profile.bot()) {
      return Found.nobody("is_a_bot", name + " is a program, not a person.", "Name a person.");
    }
    if (!profile.active()) {
      return Found.nobody("inactive", name + " is no longer active.", "Name somebody else.");
    }
    if (profile.external()) {
      return Found.nobody("external", name + " is not from here.", "Name a colleague.");
    }
    return Found.of(profile.person());
  }

  private static Found byName(Exchange exchange, String name) {
    String platform = exchange.by().person().ref().platform();
    return exchange
        .moment()
        .tx()
        .people()
        .byName(platform, name)
        .map(known -> usable(known.profile()))
        .orElseGet(
            () ->
                Found.nobody(
                    "unknown_person",
                    "I do not know “" + name + "”.",
                    "Mention the person, for example: /incident commander @ada"));
  }

  /** Returns the people among these, or the first reason why one of them cannot be meant. */
  static FoundAll findAll(Exchange exchange, List<PersonRef> wanted) {
    List<Found> found = wanted.stream().map(ref -> find(exchange, ref)).toList();
    return new FoundAll(
        found.stream().flatMap(f -> f.person().stream()).toList(),
        found.stream().flatMap(f -> f.rejection().stream()).findFirst());
  }

  /**
   * What became of several names.
   *
   * @param people those who are meant
   * @param rejection why one of them cannot be
   */
  record FoundAll(List<Person> people, Optional<Rejection> rejection) {}
}
