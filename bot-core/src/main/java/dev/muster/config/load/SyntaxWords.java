// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in our words what the YAML parser stumbled over, and where a person should look. */
final class SyntaxWords {

  /**
   * What is wrong with the syntax.
   *
   * @param mark where to look; may be null
   * @param what one sentence
   * @param hint the mend
   */
  record Said(Mark mark, String what, String hint) {}

  private SyntaxWords() {}

  static Said of(MarkedYAMLException error) {
    Mark mark = error.getProblemMark();
    String problem = String.valueOf(error.getProblem());
    String context = String.valueOf(error.getContext());
    if (isTab(mark)) {
      return new Said(mark, "A tab stands where YAML wants spaces", "Indent with spaces");
    }
    if (context.contains("quoted scalar") && problem.contains("end of stream")) {
      return new Said(error.getContextMark(), "The quote that opens here is never closed", "");
    }
    if (context.contains("flow sequence") || context.contains("flow mapping")) {
      String closing = context.contains("sequence") ? "]" : "}";
      return new Said(
          mark,
          "Here is wanted a comma or " + closing,
          "The bracket was opened in line " + (error.getContextMark().getLine() + 1));
    }
    return plain(mark, problem, context);
  }

  private static Said plain(Mark mark, String problem, String context) {
    if (problem.contains("mapping values are not allowed")) {
      return new Said(
          mark,
          "A key cannot begin here",
          "Put a text that holds a colon in quotes, and check the indentation");
    }
    if (problem.contains("expected <block end>")) {
      return new Said(
          mark,
          "This line does not fit to those above it",
          "Indent keys of one group by the same number of spaces");
    }
    if (problem.contains("cannot start any token")) {
      return new Said(
          mark, "A text without quotes cannot begin with " + letter(mark), "Put it in quotes");
    }
    String where = context.equals("null") ? "" : context + ", ";
    return new Said(mark, "This is not valid YAML: " + where + problem, "");
  }

  private static boolean isTab(Mark mark) {
    return letter(mark).equals("\t");
  }

  private static String letter(Mark mark) {
    boolean known = mark != null && mark.getBuffer() != null;
    if (!known || mark.getPointer() >= mark.getBuffer().length) {
      return "this";
    }
    return Character.toString(mark.getBuffer()[mark.getPointer()]);
  }
}
