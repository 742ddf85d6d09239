// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is too random to be a word, a name or a hash: long rows of letters in both cases with
 * digits spread among them, as keys are issued that say nothing of their kind. Hashes and trace
 * identifiers are hexadecimal, pods and hosts lower case, and stay.
 */
final class RandomText {

  /** Keys of 192 bits and more in base 64 or 62. */
  private static final Pattern RUN =
      Pattern.compile("(?<![A-Za-z0-9+/=_.-])[A-Za-z0-9+/]{32,128}+={0,2}(?![A-Za-z0-9+/=_.-])");

  /** A part between strokes, or before the first, that is one word. */
  private static final Pattern WORD_PART = Pattern.compile("(?<![^/])[A-Z]?[a-z]{2,30}(?=/|$)");

  private static final double LEAST_BITS = 4.2;
  private static final int LEAST_DIGITS = 3;
  private static final int LEAST_CHANGES = 4;
  private static final int MOST_SLASHES = 4;

  private RandomText() {}

  static String without(String text, String mark, Set<String> found) {
    Matcher matcher = RUN.matcher(text);
    if (!matcher.find()) {
      return text;
    }
    return matcher.replaceAll(
        run -> {
          boolean inAddress =
              run.start() > 0 && "/:@?&#%".indexOf(text.charAt(run.start() - 1)) >= 0;
          boolean named = inAddress || OrdinaryValues.isHashAt(text, run.start());
          if (named || isPath(run.group()) || !isRandom(run.group())) {
            return Matcher.quoteReplacement(run.group());
          }
          found.add("random_text");
          return Matcher.quoteReplacement(mark);
        });
  }

  /** Names of classes and files hold words between their strokes. */
  private static boolean isPath(String run) {
    return WORD_PART.matcher(run).results().limit(2).count() == 2;
  }

  private static boolean isRandom(String run) {
    int[] counts = new int[128];
    int digits = 0;
    int changes = 0;
    int upper = 0;
    boolean before = false;
    for (int i = 0; i < run.length(); i++) {
      char c = run.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      counts[c]++;
      digits += digit ? 1 : 0;
      upper += c >= 'A' && c <= 'Z' ? 1 : 0;
      changes += i > 0 && digit != before ? 1 : 0;
      before = digit;
    }
    boolean mixed = upper >= 3 && run.length() - digits - upper - counts['/'] >= 3;
    return mixed
        && digits >= LEAST_DIGITS
        && changes >= LEAST_CHANGES
        && counts['/'] <= MOST_SLASHES
        && bits(counts, run.length()) >= LEAST_BITS;
  }

  private static double bits(int[] counts, int length) {
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / length;
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
