// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a machine's text before it is stored: keys, tokens, passwords, card numbers.
 * What is taken out is named in its place. Patterns are exact enough to leave ordinary alerts
 * alone; their repetitions give nothing back, so that the time stays in proportion to the text.
 */
public final class SecretPatterns {

  /**
   * A text without secrets.
   *
   * @param text the text with each secret replaced by its kind in brackets
   * @param kinds the kinds found, as enumerated words such as {@code aws_key}
   */
  public record Cleaned(String text, Set<String> kinds) {
    /** Keeps an unmodifiable copy. */
    public Cleaned {
      kinds = Set.copyOf(kinds);
    }
  }

  /** A pattern, and a part of every match that is cheap to look for. */
  private record Kind(String word, String part, Pattern pattern) {}

  private static final String KEY_BEGIN = "-----BEGIN ";
  private static final String KEY_END = "-----END ";
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----");

  /** Sixteen digits in fours, or thirteen to nineteen in a row, as schemes issue them. */
  private static final Pattern CARD =
      Pattern.compile(
          "(?<![0-9A-Za-z.-])(?:[2-6][0-9]{3}([ -])[0-9]{4}\\1[0-9]{4}\\1[0-9]{4}"
              + "|3[47][0-9]{13}|(?:4[0-9]{2}|5[1-5][0-9]|2[2-7][0-9]|6[0-9]{2})[0-9]{13}"
              + "|4[0-9]{12}|4[0-9]{18})(?![0-9A-Za-z])");

  private static final List<Kind> KINDS =
      List.of(
          kind("aws_key", "AKIA", "(?<![A-Za-z0-9])AKIA[A-Z2-7]{16}(?![A-Za-z0-9])"),
          kind("aws_key", "ASIA", "(?<![A-Za-z0-9])ASIA[A-Z2-7]{16}(?![A-Za-z0-9])"),
          kind(
              "jwt",
              "eyJ",
              "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.eyJ[A-Za-z0-9_-]{4,}+\\.[A-Za-z0-9_-]*+"),
          kind("slack_token", "xox", "(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}+"),
          kind("slack_token", "xapp-", "(?<![A-Za-z0-9])xapp-[0-9]-[A-Za-z0-9-]{10,}+"),
          kind("github_token", "gh", "(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30,}+"),
          kind("github_token", "github_", "(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{30,}+"),
          kind("gitlab_token", "glpat-", "(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,}+"),
          kind("google_key", "AIza", "(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
          kind("api_key", "sk-", "(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}+"),
          kind("bearer_token", " ", "(?i)(?<=bearer )[A-Za-z0-9._~+/=-]{20,}+"),
          kind("basic_login", " ", "(?i)(?<=basic )[A-Za-z0-9+/=]{16,}+"),
          kind("url_password", "://", "(?<=://)[^\\s/:@\"']{0,100}:[^\\s/@\"']{1,200}(?=@)"));

  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i)((?:password|passwd|secret_access_key|api_key|apikey|secret_key)[=:] ?\"?)"
              + "[^\\s\"',;&\\[]{6,400}+");

  /** A word in words is none: what is taken for a token has a digit in it, or says what it is. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?i)((?:token|secret)[=:] ?\"?)(?=sk-|[^\\s\"',;&\\[0-9]{0,100}+[0-9])"
              + "[^\\s\"',;&\\[]{8,400}+");

  /** How the names end that {@link #PASSWORD} and {@link #TOKEN} look for. */
  private static final String NAMES_END = "dyntDYNT";

  private static final int SHORTEST_CARD = 13;

  private SecretPatterns() {}

  private static Kind kind(String word, String part, String pattern) {
    return new Kind(word, part, Pattern.compile(pattern));
  }

  /** Returns the text without secrets. */
  public static Cleaned clean(String text) {
    Set<String> found = new LinkedHashSet<>();
    String cleaned = withoutKeys(text, found);
    for (Kind kind : KINDS) {
      if (cleaned.contains(kind.part())) {
        cleaned = without(cleaned, kind, found);
      }
    }
    if (mayHavePairs(cleaned)) {
      cleaned = withoutPairs(cleaned, PASSWORD, "password", found);
      cleaned = withoutPairs(cleaned, TOKEN, "token", found);
    }
    return new Cleaned(hasDigitsOfCard(cleaned) ? withoutCards(cleaned, found) : cleaned, found);
  }

  private static String without(String text, Kind kind, Set<String> found) {
    Matcher matcher = kind.pattern().matcher(text);
    if (!matcher.find()) {
      return text;
    }
    found.add(kind.word());
    return matcher.replaceAll(Matcher.quoteReplacement(mark(kind.word())));
  }

  /** Most texts name nothing that could have a password or token behind it. */
  private static boolean mayHavePairs(String text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == '=' || c == ':') && NAMES_END.indexOf(text.charAt(i - 1)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDigitsOfCard(String text) {
    int digits = 0;
    for (int i = 0; i < text.length() && digits < SHORTEST_CARD; i++) {
      digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
    }
    return digits == SHORTEST_CARD;
  }

  private static String mark(String word) {
    return "[redacted " + word.replace('_', ' ') + "]";
  }

  private static String withoutKeys(String text, Set<String> found) {
    if (!text.contains(KEY_BEGIN)) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    Matcher begin = PRIVATE_KEY.matcher(text);
    int from = 0;
    while (from < text.length() && begin.find(from)) {
      kept.append(text, from, begin.start()).append(mark("private_key"));
      found.add("private_key");
      from = endOfKey(text, begin.end());
    }
    return kept.append(text, Math.min(from, text.length()), text.length()).toString();
  }

  /** Without an end the key is taken to reach to the end of the text. */
  private static int endOfKey(String text, int from) {
    int end = text.indexOf(KEY_END, from);
    int dashes = end < 0 ? -1 : text.indexOf("-----", end + KEY_END.length());
    return dashes < 0 ? text.length() : dashes + 5;
  }

  private static String withoutPairs(String text, Pattern pattern, String word, Set<String> found) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return text;
    }
    found.add(word);
    return matcher.replaceAll("$1" + Matcher.quoteReplacement(mark(word)));
  }

  private static String withoutCards(String text, Set<String> found) {
    return CARD.matcher(text)
        .replaceAll(
            card -> {
              if (!isLuhn(card.group())) {
                return Matcher.quoteReplacement(card.group());
              }
              found.add("card_number");
              return Matcher.quoteReplacement(mark("card_number"));
            });
  }

  private static boolean isLuhn(String card) {
    int sum = 0;
    boolean doubled = false;
    for (int i = card.length() - 1; i >= 0; i--) {
      int digit = card.charAt(i) - '0';
      if (digit >= 0 && digit <= 9) {
        int value = doubled ? digit * 2 : digit;
        sum += value > 9 ? value - 9 : value;
        doubled = !doubled;
      }
    }
    return sum % 10 == 0;
  }
}
