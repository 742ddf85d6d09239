// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of people, and how they are mentioned in typed text. */
final class Mentions {

  /** The platform's name, part of every neutral mention. */
  static final String PLATFORM = "web";

  /** The name under which the bot writes; nobody else may use it. */
  static final String BOT = "muster";

  private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

  /** An at sign that begins a word; a full stop at the end belongs to the sentence. */
  private static final Pattern MENTION =
      Pattern.compile("(?<![\\w@.<:/-])@([A-Za-z0-9._-]{0,63}[A-Za-z0-9_-])(?![\\w@])");

  /** Words that call everybody elsewhere; here they are words. */
  private static final Set<String> NOBODY = Set.of("channel", "here", "everyone", "all");

  private Mentions() {}

  /** Returns whether a person may have that name. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.equals(BOT);
  }

  /** Returns the people a typed text mentions, in order, each once. */
  static List<String> in(String text) {
    List<String> names = new ArrayList<>();
    Matcher found = MENTION.matcher(text);
    while (found.find()) {
      name(found.group(1)).filter(n -> !names.contains(n)).ifPresent(names::add);
    }
    return List.copyOf(names);
  }

  /** Returns the text with each mention written {@code <@web:name>}. */
  static String neutral(String text) {
    return MENTION
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    name(found.group(1))
                        .map(n -> "<@" + PLATFORM + ":" + n + ">")
                        .orElse(found.group())));
  }

  private static Optional<String> name(String typed) {
    String lower = typed.toLowerCase(Locale.ROOT);
    return NOBODY.contains(lower) || !isName(lower) ? Optional.empty() : Optional.of(lower);
  }
}
