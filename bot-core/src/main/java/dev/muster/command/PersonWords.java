// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.chat.UserRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads people. A mention has one neutral form, {@code <@platform:id>}, which adapters write in
 * place of their platform's own; in the built-in chat {@code @name} is the user of that name.
 */
final class PersonWords {

  private static final String WEB = "web";
  private static final int LONGEST = 400;
  private static final Pattern MENTION =
      Pattern.compile("<@([a-z][a-z0-9_-]{0,31}):([^<>|\\s]{1,300})>");
  private static final Pattern WEB_NAME = Pattern.compile("[a-z0-9._-]{1,64}");
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s<>,;:]{1,64}@[^@\\s<>,;:]{1,200}\\.[^@\\s<>,;:.]{2,63}");
  private static final Set<String> EVERYBODY = Set.of("all", "channel", "everyone", "here");
  private static final Set<String> MYSELF = Set.of("me", "@me", "myself");
  private static final Set<String> NOBODY = Set.of("nobody", "none", "vacant", "-");

  private PersonWords() {}

  static boolean isNobody(String words) {
    return NOBODY.contains(words.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a word points at a person by its form alone, as in the middle of a text. */
  static boolean isMarked(String word, String platform) {
    return word.length() > 1
        && (word.charAt(0) == '@' || word.startsWith("<@"))
        && read(word, platform).isPresent();
  }

  /** Reads one person; empty if the words can be no person's name. */
  static Optional<PersonRef> read(String words, String platform) {
    if (words.isEmpty() || words.length() > LONGEST) {
      return Optional.empty();
    }
    if (MYSELF.contains(words.toLowerCase(Locale.ROOT))) {
      return Optional.of(new PersonRef.Me());
    }
    Matcher mention = MENTION.matcher(words);
    if (mention.matches()) {
      UserRef ref = new UserRef(mention.group(1), mention.group(2));
      return Optional.of(new PersonRef.Mention(ref));
    }
    if (EMAIL.matcher(words).matches()) {
      return Optional.of(new PersonRef.Email(words));
    }
    return byName(words, platform);
  }

  private static Optional<PersonRef> byName(String words, String platform) {
    boolean at = words.charAt(0) == '@';
    String name = at ? words.substring(1) : words;
    boolean readable = name.codePoints().anyMatch(Character::isLetterOrDigit);
    if (!readable || name.indexOf('<') >= 0 || isEverybody(name)) {
      return Optional.empty();
    }
    if (!at || !platform.equals(WEB)) {
      return Optional.of(new PersonRef.Named(name));
    }
    String id = name.toLowerCase(Locale.ROOT);
    return WEB_NAME.matcher(id).matches()
        ? Optional.of(new PersonRef.Mention(new UserRef(WEB, id)))
        : Optional.empty();
  }

  private static boolean isEverybody(String name) {
    return EVERYBODY.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Reads what is left of the line as one person: a mention alone, or a name of several words. */
  static Reading<PersonRef> readRest(VerbLine line) {
    if (line.words().isEmpty()) {
      return Refusal.of(line.spec(), "needs_person", "Say who: me, @name or an e-mail address.");
    }
    String words = Unquoted.of(line.words().rest());
    return read(words, line.platform()).map(Reading::of).orElseGet(() -> noPerson(line, words));
  }

  /** Reads what is left of the line as people, at most {@code limit}. */
  static Reading<List<PersonRef>> readAll(VerbLine line, int limit) {
    List<PersonRef> people = new ArrayList<>();
    for (String word : line.words().takeAll(limit + 1)) {
      Optional<PersonRef> person = read(word, line.platform());
      if (person.isEmpty()) {
        return noPerson(line, word);
      }
      people.add(person.get());
    }
    if (people.isEmpty() || people.size() > limit) {
      return Refusal.of(
          line.spec(), "needs_person", "Name between one person and " + limit + " people.");
    }
    return Reading.of(people.stream().distinct().toList());
  }

  private static <T> Reading<T> noPerson(VerbLine line, String words) {
    return Refusal.of(
        line.spec(), "unknown_person", Refusal.quoted(words) + " is not the name of one person.");
  }
}
