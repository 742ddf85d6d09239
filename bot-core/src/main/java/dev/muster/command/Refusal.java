// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.Rejection;
import java.util.List;

/** Words the refusals of the language: what was not understood, then the nearest valid example. */
final class Refusal {

  private static final int ECHOED = 40;

  private Refusal() {}

  static <T> Reading<T> of(CommandSpec spec, String reason, String sentence) {
    return example(reason, sentence, spec.example());
  }

  static <T> Reading<T> example(String reason, String sentence, String command) {
    return Reading.refuse(rejection(reason, sentence, command));
  }

  static Rejection rejection(String reason, String sentence, String command) {
    return new Rejection(reason, sentence, "For example: " + CommandSpec.PREFIX + command);
  }

  /** Returns a typed word fit to be shown: short, and with invisible characters made visible. */
  static String quoted(String word) {
    StringBuilder shown = new StringBuilder("\"");
    word.codePoints()
        .limit(ECHOED)
        .forEachOrdered(
            c -> {
              if (isInvisible(c)) {
                shown.append(String.format("[U+%04X]", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append(word.codePointCount(0, word.length()) > ECHOED ? "…\"" : "\"").toString();
  }

  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** Returns words joined as "a, b or c". */
  static String anyOf(List<String> words) {
    if (words.size() < 2) {
      return String.join("", words);
    }
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
