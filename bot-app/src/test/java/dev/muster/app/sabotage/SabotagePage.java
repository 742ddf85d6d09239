// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.sabotage;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;

/** The table of faults in {@code docs/reliability.md}, made from {@link Sabotage} alone. */
final class SabotagePage {

  private static final String BEGIN = "<!-- made from Sabotage: begin -->";
  private static final String END = "<!-- made from Sabotage: end -->";

  private SabotagePage() {}

  /** Returns a page with its table made anew. */
  static String in(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("The page needs the lines " + BEGIN + " and " + END);
    }
    return page.substring(0, begin) + BEGIN + "\n\n" + table() + "\n" + page.substring(end);
  }

  private static String table() {
    return "| | what is broken | what becomes red | run by |\n|---|---|---|---|\n"
        + Arrays.stream(Sabotage.values()).map(SabotagePage::row).collect(Collectors.joining());
  }

  private static String row(Sabotage sabotage) {
    String test = sabotage.proof().test();
    return "| %d | %s | `%s` | `mvn verify%s` |\n"
        .formatted(
            sabotage.number(),
            sabotage.broken(),
            test.substring(test.lastIndexOf('.') + 1).replace("#", "` `"),
            isQuick(sabotage.proof()) ? "" : " -Pproof");
  }

  private static boolean isQuick(Proof proof) {
    return proof instanceof Proof.Test test ? test.quick() : !isTagged(proof.test());
  }

  private static boolean isTagged(String test) {
    int at = test.indexOf('#');
    try {
      Class<?> type = Class.forName(test.substring(0, at));
      return type.isAnnotationPresent(Tag.class)
          || Arrays.stream(type.getDeclaredMethods())
              .filter(method -> method.getName().equals(test.substring(at + 1)))
              .findFirst()
              .orElseThrow(() -> new AssertionError(test + " is not there"))
              .isAnnotationPresent(Tag.class);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(test + " is not there", e);
    }
  }
}
