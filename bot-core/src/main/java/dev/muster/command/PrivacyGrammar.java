// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.List;
import java.util.Optional;

/** Reads {@code private}, for all members or for some people, and {@code public}. */
final class PrivacyGrammar {

  /** More people at once are a group, and groups have names. */
  private static final int MOST_NAMED = 50;

  private PrivacyGrammar() {}

  static Reading<Intent> publicly(VerbLine line) {
    boolean confirmed = line.words().takeIf(PrivacyGrammar::confirms);
    return PlainGrammar.nothingMore(
        line, new Outward.ChangeVisibility(false, List.of(), confirmed));
  }

  static Reading<Intent> privately(VerbLine line) {
    boolean confirmed = line.words().takeLastIf(PrivacyGrammar::confirms).isPresent();
    if (line.words().isEmpty()) {
      return Reading.of(new Outward.ChangeVisibility(true, List.of(), confirmed));
    }
    String first = line.words().peek();
    if (!isPerson(first, line.platform())) {
      return PlainGrammar.nothingMore(
          line, new Outward.ChangeVisibility(true, List.of(), confirmed));
    }
    return PersonWords.readAll(line, MOST_NAMED)
        .map(people -> new Outward.ChangeVisibility(true, people, confirmed));
  }

  private static boolean confirms(String word) {
    return word.equalsIgnoreCase("confirm");
  }

  /** A word alone is taken for a slip and never for a name: somebody would be left out. */
  private static boolean isPerson(String word, String platform) {
    Optional<PersonRef> read = PersonWords.read(word, platform);
    return PersonWords.isMarked(word, platform)
        || read.filter(person -> !(person instanceof PersonRef.Named)).isPresent();
  }
}
