// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Decides whether a message and a statement by another road are about one alert, by evidence alone.
 *
 * <pre>
 *   a label both name has two values                          ─► DIFFERENT
 *   two messages with the same identity, or the same words    ─► SAME
 *   the names differ and no address is the same               ─► DIFFERENT
 *   the operator said that the source states the same alerts  ─► SAME (MEMBER for a group)
 *   a value in the message is none of the other's             ─► DIFFERENT
 *   every value of the other stands in the message            ─► SAME (MEMBER for a group)
 *   the message says less, or only the address is the same    ─► PROBABLE (MEMBER for a group)
 * </pre>
 *
 * Severity is no evidence: it may change while an alert fires. Pure.
 */
public final class SameAlert {

  private static final String NAME = "alertname";
  private static final String SEVERITY = "severity";
  private static final List<String> SEVERITIES =
      List.of("critical", "page", "fatal", "error", "warning", "info");
  private static final int LONGEST_TEXT = 16_000;
  private static final int MOST_TRACES = 12;

  private SameAlert() {}

  /** Returns whether an alert was read from a message. */
  public static boolean isMessage(Alert alert) {
    return alert.annotations().containsKey(AlertMessage.READ_AS);
  }

  /** Returns names and addresses by which the alert may be found again. */
  public static Set<String> traces(Alert alert) {
    Set<String> traces = new LinkedHashSet<>();
    add(traces, "name ", alert.labels().getOrDefault(NAME, "").toLowerCase(Locale.ROOT));
    add(traces, "url ", address(alert.url()));
    if (isMessage(alert)) {
      add(traces, "key ", alert.key().fingerprint());
      List.of(alert.annotations().getOrDefault(AlertMessage.VALUES, "").split("\\s+", 4)).stream()
          .limit(3)
          .forEach(word -> add(traces, "name ", word.toLowerCase(Locale.ROOT)));
    }
    return traces;
  }

  private static void add(Set<String> traces, String kind, String what) {
    if (!what.isBlank() && traces.size() < MOST_TRACES) {
      traces.add(kind + (what.length() <= 300 ? what : what.substring(0, 300)));
    }
  }

  /** Returns an address without what differs between links to the same page. */
  private static String address(String url) {
    String bare = url.replaceFirst("^https?://", "").replaceFirst("/+$", "");
    boolean page = bare.indexOf('/') > 0 && !bare.contains("/#/alerts");
    return page ? bare : "";
  }

  /**
   * Judges.
   *
   * @param message an alert that was read from a message
   * @param other any alert of another key
   */
  public static Likeness judge(Alert message, Alert other) {
    if (contradicts(message.labels(), other.labels())) {
      return Likeness.DIFFERENT;
    }
    if (isMessage(other) && (isSaidAlike(message, other) || identifying(other).size() < 2)) {
      return isSaidAlike(message, other) ? Likeness.SAME : Likeness.DIFFERENT;
    }
    boolean sameAddress =
        !address(other.url()).isEmpty() && address(other.url()).equals(address(message.url()));
    if (!sameAddress && !isNamed(message, other)) {
      return Likeness.DIFFERENT;
    }
    String sameAs = message.annotations().getOrDefault(AlertMessage.SAME_AS, "");
    if (sameAs.equals(other.key().source())) {
      return certain(message);
    }
    return byValues(message, other, sameAddress);
  }

  /** Returns whether two messages have the same identity, or say the same values. */
  private static boolean isSaidAlike(Alert one, Alert two) {
    String values = one.annotations().getOrDefault(AlertMessage.VALUES, "");
    return one.key().fingerprint().equals(two.key().fingerprint())
        || !values.isEmpty() && values.equals(two.annotations().get(AlertMessage.VALUES));
  }

  private static Likeness certain(Alert message) {
    return isGroup(message) ? Likeness.MEMBER : Likeness.SAME;
  }

  private static boolean isGroup(Alert message) {
    return message.annotations().containsKey(AlertMessage.COUNT);
  }

  private static boolean contradicts(Map<String, String> one, Map<String, String> two) {
    return one.entrySet().stream()
        .filter(label -> !label.getKey().equals(SEVERITY) && !label.getKey().equals(NAME))
        .anyMatch(
            label ->
                two.containsKey(label.getKey())
                    && !two.get(label.getKey()).equalsIgnoreCase(label.getValue()));
  }

  /** Returns whether the message speaks of the other's name as a word of its own. */
  private static boolean isNamed(Alert message, Alert other) {
    String name = other.labels().getOrDefault(NAME, "");
    return !name.isEmpty()
        && (name.equalsIgnoreCase(message.labels().getOrDefault(NAME, ""))
            || has(words(message.annotations().getOrDefault(AlertMessage.VALUES, "")), name)
            || has(words(message.title()), name));
  }

  private static Likeness byValues(Alert message, Alert other, boolean sameAddress) {
    String exact = message.annotations().getOrDefault(AlertMessage.VALUES, "");
    if (!exact.isEmpty() && isExact(message) && !isExplained(words(exact), other)) {
      return Likeness.DIFFERENT;
    }
    String all = words(exact + " " + text(message));
    boolean complete =
        identifying(other).stream().allMatch(value -> has(all, value))
            && identifying(other).stream().anyMatch(Objects::nonNull);
    if (complete) {
      return certain(message);
    }
    if (isGroup(message)) {
      return isExact(message) || sameAddress ? Likeness.MEMBER : Likeness.PROBABLE;
    }
    boolean shares =
        other.labels().entrySet().stream()
            .filter(label -> !label.getKey().equals(SEVERITY) && !label.getKey().equals(NAME))
            .anyMatch(label -> has(all, label.getValue()));
    return sameAddress || shares || saysOnlyTheName(message, other)
        ? Likeness.PROBABLE
        : Likeness.DIFFERENT;
  }

  /** Returns whether the values came as the sender writes them, with the others in brackets. */
  private static boolean isExact(Alert message) {
    String values = message.annotations().getOrDefault(AlertMessage.VALUES, "");
    return !values.isEmpty() && !values.equals(message.title());
  }

  private static boolean saysOnlyTheName(Alert message, Alert other) {
    return message.title().strip().equalsIgnoreCase(other.labels().getOrDefault(NAME, ""));
  }

  private static String text(Alert message) {
    String text = message.annotations().getOrDefault(AlertMessage.MESSAGE, "");
    return message.title()
        + " "
        + String.join(" ", message.labels().values())
        + " "
        + text.substring(0, Math.min(LONGEST_TEXT, text.length()));
  }

  /** Returns the values that tell an alert from others of its name. */
  private static List<String> identifying(Alert alert) {
    return alert.labels().entrySet().stream()
        .filter(label -> !label.getKey().equals(SEVERITY))
        .map(Map.Entry::getValue)
        .filter(value -> !value.isBlank())
        .toList();
  }

  /** Returns whether nothing is left of the words when the other's values are taken out. */
  private static boolean isExplained(String words, Alert other) {
    String rest = words;
    List<String> longestFirst =
        other.labels().values().stream()
            .filter(value -> !value.isBlank())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    for (String value : longestFirst) {
      rest = rest.replace(words(value).stripTrailing() + " ", " ");
      rest = rest.replace(words(value).stripTrailing() + " ", " ");
    }
    for (String word : SEVERITIES) {
      rest = rest.replace(" " + word + " ", " ");
    }
    return rest.isBlank();
  }

  private static boolean has(String words, String value) {
    return !value.isBlank() && words.contains(words(value));
  }

  /** Returns the words in lower case, each between single spaces, without marks around them. */
  private static String words(String text) {
    String spaced =
        text.toLowerCase(Locale.ROOT).replaceAll("[\\s()\\[\\]{},;|=\"'`*<>]+", " ").strip();
    return " " + spaced.replaceAll("[.:!?]+(?= |$)", "") + " ";
  }
}
