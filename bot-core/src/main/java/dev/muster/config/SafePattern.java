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
    try {
      return new SafePattern(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("the pattern is not valid: " + where(e, text), e);
    }
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
