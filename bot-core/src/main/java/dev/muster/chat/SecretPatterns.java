// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of outside text before it is stored: keys, tokens, passwords, card numbers, and
 * what is too random to be a word. What is taken out is named in its place. Patterns are exact
 * enough to leave ordinary text alone; the time stays in proportion to the text. Pure.
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

  private static final String MARK = "[redacted ";
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

  /** A sign, with the quotes and spaces around it that configuration files and JSON have. */
  private static final String SIGN = "\\\\?[\"']?\\s?[=:]\\s?\\\\?[\"']?";

  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i)((?:password|passwd|(?<![a-z])pwd|passphrase|secret[_-]?access[_-]?key"
              + "|api[_-]?key|secret[_-]?key|account[_-]?key|shared[_-]?access[_-]?key)"
              + SIGN
              + ")([^\\s\"',;&\\[\\\\]{6,400}+)");

  /** A word in words is none: what is taken for a token has a digit in it, or says what it is. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?i)((?:token|secret|(?<![a-z])sig|session[_-]?cookie)"
              + SIGN
              + ")(?=sk-|[^\\s\"',;&\\[0-9\\\\]{0,100}+[0-9])([^\\s\"',;&\\[\\\\]{8,400}+)");

  private SecretPatterns() {}

  /** Returns the text without secrets. */
  public static Cleaned clean(String text) {
    SecretHints hints = SecretHints.of(text);
    boolean login = SecretHints.hasLogin(text);
    if (hints.nothing() && !login && !text.contains(KEY_BEGIN)) {
      return new Cleaned(text, Set.of());
    }
    Set<String> found = new LinkedHashSet<>();
    String cleaned = withoutKeys(text, found);
    if (hints.runs()) {
      for (SecretKinds.Kind kind : SecretKinds.LONG) {
        cleaned = without(cleaned, kind, found);
      }
    }
    if (hints.logins()) {
      for (SecretKinds.Kind kind : SecretKinds.LOGINS) {
        cleaned = without(cleaned, kind, found);
      }
    }
    if (login) {
      cleaned = without(cleaned, SecretKinds.URL_PASSWORD, found);
    }
    if (hints.pairs()) {
      cleaned = withoutPairs(cleaned, PASSWORD, "password", found);
      cleaned = withoutPairs(cleaned, TOKEN, "token", found);
    }
    if (hints.randoms()) {
      cleaned = RandomText.without(cleaned, mark("random_text"), found);
    }
    // What was taken out may leave something else before a number than was looked at.
    boolean cards = hints.digits() || !found.isEmpty();
    return new Cleaned(cards ? withoutCards(cleaned, found) : cleaned, found);
  }

  private static String without(String text, SecretKinds.Kind kind, Set<String> found) {
    if (!text.contains(kind.part())) {
      return text;
    }
    Matcher matcher = kind.pattern().matcher(text);
    if (!matcher.find()) {
      return text;
    }
    found.add(kind.word());
    return matcher.replaceAll(Matcher.quoteReplacement(mark(kind.word())));
  }

  /** Returns whether something was taken out of a text, so that it is not what was sent. */
  public static boolean holdsMark(String text) {
    return text.contains(MARK);
  }

  private static String mark(String word) {
    return MARK + word.replace('_', ' ') + "]";
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
    return matcher.replaceAll(
        pair -> {
          boolean ordinary =
              pattern == TOKEN
                  ? OrdinaryValues.isNoToken(text, pair.start(), pair.group(2))
                  : OrdinaryValues.isNoPassword(pair.group(2));
          if (ordinary) {
            return Matcher.quoteReplacement(pair.group());
          }
          found.add(word);
          return Matcher.quoteReplacement(pair.group(1) + mark(word));
        });
  }

  private static String withoutCards(String text, Set<String> found) {
    return CARD.matcher(text)
        .replaceAll(
            card -> {
              boolean bare = card.group(1) == null;
              if (!isLuhn(card.group())
                  || bare && OrdinaryValues.isIdentifierAt(text, card.start())) {
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
