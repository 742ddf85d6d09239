// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.chat.SecretPatterns;
import java.util.Comparator;

/**
 * One thing that is wrong with the configuration, or worth a warning. Holds no secret.
 *
 * @param file the file as the operator named it
 * @param line line counted from 1; 0 when the whole file is meant
 * @param column column counted from 1; 0 when the whole file is meant
 * @param path the key, such as {@code services[0].name}; empty at the top
 * @param what what is wrong, one sentence
 * @param hint how to mend it or the nearest valid example; may be empty
 */
public record ConfigProblem(
    String file, int line, int column, String path, String what, String hint)
    implements Comparable<ConfigProblem> {

  private static final Comparator<ConfigProblem> AS_READ =
      Comparator.comparing(ConfigProblem::file)
          .thenComparingInt(ConfigProblem::line)
          .thenComparingInt(ConfigProblem::column);

  private static final int LONGEST_PATH = 200;
  private static final int LONGEST_SENTENCE = 500;

  /** Makes what was quoted from the file fit for a terminal: no secrets, no controls, no books. */
  public ConfigProblem {
    path = shown(path, LONGEST_PATH);
    what = shown(what, LONGEST_SENTENCE);
    hint = shown(hint, LONGEST_SENTENCE);
  }

  /** Orders by file, line and column, as a person reads. */
  @Override
  public int compareTo(ConfigProblem other) {
    return AS_READ.compare(this, other);
  }

  /**
   * Returns one line such as {@code config/bot.yaml:12:5 severities.SEV9: ... Did you mean SEV1?}
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(file);
    if (this.line > 0) {
      line.append(':').append(this.line).append(':').append(column);
    }
    line.append(path.isEmpty() ? ": " : " " + path + ": ").append(sentence(what));
    if (!hint.isEmpty()) {
      line.append(' ').append(sentence(hint));
    }
    return line.toString();
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
  }

  private static String shown(String text, int longest) {
    String printable = SecretPatterns.clean(text).text().replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    return printable.length() <= longest ? printable : printable.substring(0, longest - 1) + "…";
  }
}
