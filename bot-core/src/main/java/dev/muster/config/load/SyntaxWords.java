// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in our words what the YAML parser stumbled over. */
final class SyntaxWords {

  private SyntaxWords() {}

  static String what(MarkedYAMLException error) {
    if (atTab(error)) {
      return "A tab stands where YAML wants spaces";
    }
    String context = error.getContext() == null ? "" : error.getContext() + ", ";
    return "This is not valid YAML: " + context + error.getProblem();
  }

  static String hint(MarkedYAMLException error) {
    if (atTab(error)) {
      return "Indent with spaces";
    }
    String problem = String.valueOf(error.getProblem());
    if (problem.contains("mapping values are not allowed")) {
      return "Put the text in quotes if it holds a colon, and check the indentation";
    }
    if (problem.contains("cannot start any token")) {
      return "Put the text in quotes";
    }
    if (problem.contains("expected <block end>") || problem.contains("expected ',' or")) {
      return "Check the indentation, brackets and quotes just before this place";
    }
    return "";
  }

  private static boolean atTab(MarkedYAMLException error) {
    Mark mark = error.getProblemMark();
    if (mark == null || mark.getBuffer() == null) {
      return false;
    }
    int pointer = mark.getPointer();
    return pointer < mark.getBuffer().length && mark.getBuffer()[pointer] == '\t';
  }
}
