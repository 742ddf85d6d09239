// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code link URL [LABEL]} and {@code call [URL]}. */
final class LinkGrammar {

  /** What chat platforms take as the address of a bookmark, at most 2,048 characters, and less. */
  private static final int LONGEST_URL = 2000;

  private static final int LONGEST_LABEL = 100;

  /** No name or password before the host, nothing that could end the link where it is shown. */
  private static final Pattern URL =
      Pattern.compile(
          "(?i:https?)://[\\p{Alnum}\\[][^\\s/?#@<>]*(?:[/?#][\\x21-\\x7E&&[^<>\"|\\\\^`{}]]*)?");

  private LinkGrammar() {}

  static Reading<Intent> link(VerbLine line) {
    return url(line)
        .map(url -> new Outward.ShareLink(url, label(Unquoted.plain(line.words().rest()))));
  }

  static Reading<Intent> call(VerbLine line) {
    return line.words().isEmpty()
        ? Reading.of(new Outward.ShowCall())
        : url(line).then(url -> PlainGrammar.nothingMore(line, new Outward.SetCall(url)));
  }

  private static Reading<String> url(VerbLine line) {
    String word = line.words().take();
    line.addressNext();
    return word.length() <= LONGEST_URL && URL.matcher(word).matches()
        ? Reading.of(word)
        : Refusal.of(
            line.spec(),
            "bad_url",
            "Give a web address that begins with https:// or http://, without a password.");
  }

  private static Optional<String> label(String words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    boolean fits = words.codePointCount(0, words.length()) <= LONGEST_LABEL;
    return Optional.of(
        fits ? words : words.substring(0, words.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…");
  }
}
