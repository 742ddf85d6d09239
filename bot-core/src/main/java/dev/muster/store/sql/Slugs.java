// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words as they stand in the names of incidents' channels: plain letters, dashes between them, and
 * perhaps cut off behind one of them. Pure.
 */
final class Slugs {

  private static final String MARKS = "\\p{M}+";
  private static final String OTHERS = "[^a-z0-9]+";
  private static final String EDGES = "^-+|-+$";

  /** Fewer letters stand in too many names. */
  private static final int LEAST = 4;

  /** Names are cut off between so many letters ... */
  private static final int LEAST_CUT = 20;

  /** ... and so many. */
  private static final int MOST_CUT = 40;

  private static final String BEGIN = "\\binc-[0-9]{1,9}-";
  private static final String BEHIND = "(?![a-z0-9])";
  private static final String END = "(?![a-z0-9-])";

  private Slugs() {}

  /** Returns what finds the words there; none when they are no words that names can hold. */
  static List<Pattern> of(String words) {
    String slug =
        Normalizer.normalize(words, Normalizer.Form.NFKD)
            .replaceAll(MARKS, "")
            .toLowerCase(Locale.ROOT)
            .replaceAll(OTHERS, "-")
            .replaceAll(EDGES, "");
    if (slug.length() < LEAST) {
      return List.of();
    }
    List<Pattern> found = new ArrayList<>();
    found.add(Pattern.compile(inName(slug, "(?:[a-z0-9-]{0,60}-)?") + BEHIND));
    if (slug.length() > LEAST_CUT) {
      found.add(Pattern.compile(cut(slug) + END));
    }
    for (int dash = slug.indexOf('-'); dash >= 0; dash = slug.indexOf('-', dash + 1)) {
      if (dash >= LEAST && dash < LEAST_CUT) {
        String before = "[a-z0-9-]{" + (LEAST_CUT - dash - 1) + ",60}-";
        found.add(Pattern.compile(inName(slug.substring(0, dash), before) + END));
      }
    }
    return found;
  }

  /** What is sought comes first: looking back at every character of a text would take long. */
  private static String inName(String slug, String before) {
    return slug + "(?<=" + BEGIN + before + slug + ")";
  }

  /** The beginning of the words and whatever follows of them. */
  private static String cut(String slug) {
    String begin = slug.substring(0, LEAST_CUT);
    StringBuilder rest = new StringBuilder();
    for (int i = Math.min(slug.length(), MOST_CUT) - 1; i >= LEAST_CUT; i--) {
      rest.insert(0, "(?:" + slug.charAt(i)).append(")?");
    }
    return inName(begin, "(?:[a-z0-9-]{0,60}-)?") + rest;
  }
}
