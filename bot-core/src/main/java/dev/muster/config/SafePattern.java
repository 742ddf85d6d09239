// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A regular expression that an operator wrote and strangers' text is matched with. Runs on RE2, so
 * no expression can take more than linear time. Immutable and safe for threads.
 */
public final class SafePattern {

  /** Longer texts are cut before matching. */
  static final int LONGEST_TEXT = 8000;

  private static final Pattern CASE_BLIND = Pattern.compile("\\(\\?[a-zA-Z]*i");

  /**
   * RE2/J 1.8 never finds its way back from one of these to itself when case does not count: its
   * tables are older than the letters, which Unicode 9 brought.
   */
  private static final int FIRST_ENDLESS = 0x1C80;

  private static final int LAST_ENDLESS = 0x1C88;

  /** A character or its number, or a range of them. */
  private static final Pattern NAMED =
      Pattern.compile("(?s)(\\\\x\\{[0-9a-fA-F]+\\}|.)(?:-(\\\\x\\{[0-9a-fA-F]+\\}|.))?");

  private final Pattern pattern;

  private SafePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException saying what is wrong and where
   */
  public static SafePattern parse(String text) {
    if (CASE_BLIND.matcher(text).find() && namesEndless(text)) {
      throw new IllegalArgumentException(
          "the pattern ignores case and covers the letters U+1C80 to U+1C88, which cannot be"
              + " compared so; leave them out");
    }
    try {
      return new SafePattern(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("the pattern is not valid: " + where(e, text), e);
    }
  }

  private static boolean namesEndless(String text) {
    Matcher named = NAMED.matcher(text);
    for (int at = 0; named.find(at); at = next(named)) {
      int first = codePoint(named.group(1));
      int last = named.group(2) == null ? first : codePoint(named.group(2));
      if (first <= LAST_ENDLESS && last >= FIRST_ENDLESS) {
        return true;
      }
    }
    return false;
  }

  /** What ends one range may begin another. */
  private static int next(Matcher named) {
    return named.group(2) == null ? named.end() : named.start(2);
  }

  private static int codePoint(String written) {
    if (!written.startsWith("\\x{")) {
      return written.codePointAt(0);
    }
    String digits = written.substring(3, written.length() - 1).replaceFirst("^0+(?=.)", "");
    return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits, 16);
  }

  /** Finds the first match and returns its named groups that took part and are not blank. */
  public Optional<Map<String, String>> find(String text) {
    String head = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    Matcher matcher = pattern.matcher(head);
    if (!matcher.find()) {
      return Optional.empty();
    }
    Map<String, String> groups = new LinkedHashMap<>();
    for (String name : pattern.namedGroups().keySet()) {
      String value = matcher.group(name);
      if (value != null && !value.isBlank()) {
        groups.put(name, value.strip());
      }
    }
    return Optional.of(groups);
  }

  private static String where(PatternSyntaxException e, String text) {
    String part = e.getPattern();
    int at = part == null || part.isEmpty() ? -1 : text.indexOf(part);
    String place = at < 0 ? "" : ", at character " + (at + 1) + " of the pattern";
    return e.getDescription() + place;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SafePattern that && that.pattern.pattern().equals(pattern.pattern());
  }

  @Override
  public int hashCode() {
    return pattern.pattern().hashCode();
  }

  /** Returns the expression as it was written. */
  @Override
  public String toString() {
    return pattern.pattern();
  }
}
