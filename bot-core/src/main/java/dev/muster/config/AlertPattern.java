// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.chat.spi.Default;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a chat message of an alert channel as an alert.
 *
 * <p>Named groups of the pattern become labels. Five have a meaning of their own: {@code title},
 * {@code status}, {@code key}, {@code count} (how many alerts of a group fire) and {@code url}.
 * Words of the form {@code name=value} anywhere in the message become labels as well, where no
 * group gave that label.
 *
 * @param name what the journal calls it
 * @param pattern a regular expression of the RE2 kind, searched in the first 8,000 characters; it
 *     takes time linear in the message, whatever it says
 * @param resolved statuses that mean the trouble is over, compared in any case
 * @param severityWords words that give the label {@code severity} when neither a group nor a pair
 *     did; the first of the list that stands in the message, in any case
 * @param from whose messages are read
 * @param sameAs the webhook source that states the same alerts; empty for none
 */
public record AlertPattern(
    String name,
    SafePattern pattern,
    @Default("[resolved, recovered, ok, closed]") List<String> resolved,
    @Default("[critical, page, warning, info]") List<String> severityWords,
    @Default("everyone") Authors from,
    @Default("") String sameAs) {

  /** Whose messages a pattern reads. */
  public enum Authors {
    /** What people write counts as well. */
    EVERYONE,
    /** Only what programs post. */
    PROGRAMS
  }

  private static final int LONGEST_TITLE = 250;
  private static final Pattern PAIR =
      Pattern.compile(
          "\\b([A-Za-z_][A-Za-z0-9_.-]{0,63})=(\"[^\"\\n]{0,200}\"|[^\\s,;|)\"]{1,200})");

  /**
   * What a message says.
   *
   * @param title what is wrong in one line; never blank
   * @param isResolved whether it says that the trouble is over
   * @param key what makes two such messages the same
   * @param labels what else it says
   * @param count how many alerts of a group fire, as it says; empty when it does not
   * @param url where the sender shows it; empty for none
   */
  public record Reading(
      String title,
      boolean isResolved,
      String key,
      SortedMap<String, String> labels,
      String count,
      String url) {}

  /** Returns this pattern for messages of programs alone. */
  public AlertPattern ofPrograms() {
    return new AlertPattern(name, pattern, resolved, severityWords, Authors.PROGRAMS, sameAs);
  }

  /** Reads a message; empty when it is no alert of this kind. */
  public Optional<Reading> read(String message) {
    return pattern.find(message).map(groups -> reading(message, groups));
  }

  private Reading reading(String message, Map<String, String> groups) {
    SortedMap<String, String> labels = new TreeMap<>(groups);
    String title = labels.remove("title");
    String status = Optional.ofNullable(labels.remove("status")).orElse("");
    String key = labels.remove("key");
    String count = Optional.ofNullable(labels.remove("count")).orElse("");
    String url = Optional.ofNullable(labels.remove("url")).orElse("");
    var pairs = PAIR.matcher(message.length() > 8000 ? message.substring(0, 8000) : message);
    while (pairs.find()) {
      labels.putIfAbsent(pairs.group(1), pairs.group(2).replace("\"", ""));
    }
    severityIn(message).ifPresent(word -> labels.putIfAbsent("severity", word));
    String shown = shown(title == null ? labels.getOrDefault("alertname", message) : title);
    labels.putIfAbsent("alertname", shown);
    return new Reading(
        shown,
        isIn(resolved, status),
        key == null ? keyOf(labels, shown) : key,
        labels,
        count,
        url);
  }

  private Optional<String> severityIn(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return severityWords.stream()
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(word -> Pattern.compile("\\b" + Pattern.quote(word) + "\\b").matcher(lower).find())
        .findFirst();
  }

  /** A firing message and its resolution may differ in severity, and are still the same alert. */
  private String keyOf(SortedMap<String, String> labels, String title) {
    SortedMap<String, String> same = new TreeMap<>(labels);
    same.remove("severity");
    String words = " " + title.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ") + " ";
    for (String word : severityWords) {
      words = words.replace(" " + word.toLowerCase(Locale.ROOT) + " ", " ");
    }
    same.put("title", words.strip());
    return same.toString();
  }

  private static String shown(String text) {
    String bare = PAIR.matcher(text).replaceAll("").strip().lines().findFirst().orElse("").strip();
    String title = bare.isEmpty() ? text.strip() : bare;
    return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
  }

  private static boolean isIn(List<String> words, String status) {
    return words.stream().anyMatch(word -> word.equalsIgnoreCase(status.strip()));
  }
}
