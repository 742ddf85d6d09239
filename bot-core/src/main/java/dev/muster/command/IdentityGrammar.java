// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.chat.UserRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code link-person PERSON PLATFORM:ID} and {@code unlink-person PERSON}. A name names
 * nobody here: people choose their names.
 */
final class IdentityGrammar {

  private static final Pattern IDENTITY =
      Pattern.compile("([a-z][a-z0-9_-]{0,31}):([^<>|\\s]{1,300})");

  private IdentityGrammar() {}

  static Reading<Intent> link(VerbLine line) {
    boolean confirmed = confirmed(line);
    return people(line, 2).map(two -> new Outward.LinkPerson(two.get(0), two.get(1), confirmed));
  }

  static Reading<Intent> unlink(VerbLine line) {
    boolean confirmed = confirmed(line);
    return people(line, 1).map(one -> new Outward.UnlinkPerson(one.get(0), confirmed));
  }

  private static boolean confirmed(VerbLine line) {
    return line.words().takeLastIf(word -> word.equalsIgnoreCase("confirm")).isPresent();
  }

  private static Reading<List<PersonRef>> people(VerbLine line, int wanted) {
    List<PersonRef> people = new ArrayList<>();
    for (String word : line.words().takeAll(wanted + 1)) {
      Optional<PersonRef> person = read(word, line.platform());
      if (person.isEmpty()) {
        return Refusal.of(
            line.spec(),
            "needs_identity",
            "A name does not say who somebody is: mention the person, or write PLATFORM:ID.");
      }
      people.add(person.get());
    }
    return people.size() == wanted
        ? Reading.of(people)
        : Refusal.of(
            line.spec(),
            "needs_person",
            wanted == 1 ? "Name one person." : "Name two identities of one person.");
  }

  private static Optional<PersonRef> read(String word, String platform) {
    Matcher identity = IDENTITY.matcher(word);
    if (identity.matches()) {
      return Optional.of(new PersonRef.Mention(new UserRef(identity.group(1), identity.group(2))));
    }
    return PersonWords.read(word, platform)
        .map(
            ref ->
                ref instanceof PersonRef.Email mail
                    ? new PersonRef.Mention(new UserRef(platform, mail.address()))
                    : ref)
        .filter(ref -> !(ref instanceof PersonRef.Named));
  }
}
