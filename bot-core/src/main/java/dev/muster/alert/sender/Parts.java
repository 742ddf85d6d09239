// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.AlertMessage;
import dev.muster.alert.SafeText;
import dev.muster.chat.PostedCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds parts of a message, wherever its sender put them: in a card or in the text alone. */
final class Parts {

  /** Nobody reads further to learn what an alert is about. */
  private static final int LONGEST = 8_000;

  private static final int MOST_LINES = 200;
  private static final Pattern LABELLED_LINK = Pattern.compile(" \\(https?://[^\\s()]{1,3000}\\)");
  private static final Pattern DECORATION = Pattern.compile(":[a-z+-][a-z0-9_+-]{0,40}:|[*_`~]");

  private Parts() {}

  /** Returns all lines, headings first; each at most 2,000 characters. */
  static List<String> lines(AlertMessage message) {
    List<String> lines = new ArrayList<>();
    for (PostedCard card : message.cards()) {
      Stream.of(card.before(), card.title(), card.text(), card.summary())
          .forEach(text -> add(lines, text));
    }
    add(lines, message.text());
    return lines;
  }

  private static void add(List<String> lines, String text) {
    text.substring(0, Math.min(LONGEST, text.length()))
        .lines()
        .limit(MOST_LINES)
        .filter(line -> !line.isBlank())
        .map(line -> line.length() <= 2_000 ? line : line.substring(0, 2_000))
        .forEach(lines::add);
  }

  /** Returns the first line in which the pattern is found. */
  static Optional<MatchResult> first(AlertMessage message, Pattern pattern) {
    return lines(message).stream()
        .map(Parts::plain)
        .flatMap(line -> pattern.matcher(line).results().limit(1))
        .findFirst();
  }

  /** Returns the first of all links that the pattern matches from its beginning. */
  static Optional<MatchResult> link(AlertMessage message, Pattern pattern) {
    return links(message).stream()
        .flatMap(link -> pattern.matcher(link).results().limit(1))
        .findFirst();
  }

  private static List<String> links(AlertMessage message) {
    List<String> links = new ArrayList<>();
    message.cards().forEach(card -> links.add(card.titleUrl()));
    message.cards().forEach(card -> links.addAll(card.links()));
    lines(message).stream()
        .flatMap(line -> Pattern.compile("https?://[^\\s()<>|]{1,3000}").matcher(line).results())
        .map(MatchResult::group)
        .limit(PostedCard.MOST_LINKS)
        .forEach(links::add);
    return links;
  }

  /** Returns the value of a field, whatever the case of its name. */
  static Optional<String> field(AlertMessage message, String name) {
    return message.cards().stream()
        .flatMap(card -> card.fields().stream())
        .filter(field -> plain(field.name()).replaceAll(":$", "").equalsIgnoreCase(name))
        .map(field -> plain(field.value()))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** Returns a line without emoji names, markup and the addresses behind its links. */
  static String plain(String line) {
    String bare = LABELLED_LINK.matcher(line).replaceAll("");
    return DECORATION.matcher(bare).replaceAll("").strip();
  }

  /** Returns one clean line for people; {@code otherwise} when nothing is left. */
  static String title(String text, String otherwise) {
    String line = SafeText.line(text, 250);
    return line.isBlank() ? otherwise : line;
  }

  /** Returns labels without the empty ones. */
  static Map<String, String> labels(String... namesAndValues) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String value = SafeText.line(namesAndValues[i + 1], 200);
      if (!value.isEmpty()) {
        labels.put(namesAndValues[i], value);
      }
    }
    return labels;
  }

  /** Returns scheme and host of an address; empty when there is none. */
  static String host(String url) {
    var host = Pattern.compile("^https?://([^/?#\\s]{1,300})").matcher(url);
    return host.find() ? host.group(1) : "";
  }
}
