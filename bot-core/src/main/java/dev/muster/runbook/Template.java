// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with names in double braces: no logic, no loops, no calls. */
record Template(List<Piece> pieces) {

  /** A longer template is a program. */
  static final int MAX_LENGTH = 20_000;

  private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([A-Za-z][A-Za-z0-9_.-]*)\\s*}}");

  /**
   * One stretch of a template.
   *
   * @param text the text itself, or the name
   * @param named whether it is a name whose value stands here
   */
  record Piece(String text, boolean named) {}

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when braces hold anything but a name, or it is too long
   */
  static Template parse(String text) {
    Runbook.require(
        text.length() <= MAX_LENGTH, "a template has at most " + MAX_LENGTH + " characters");
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = NAME.matcher(text);
    int end = 0;
    while (matcher.find()) {
      String before = text.substring(end, matcher.start());
      Runbook.require(
          !before.endsWith("$"),
          "write {{" + matcher.group(1) + "}} without a dollar sign before it");
      addLiteral(pieces, before);
      pieces.add(new Piece(matcher.group(1), true));
      end = matcher.end();
    }
    addLiteral(pieces, text.substring(end));
    return new Template(List.copyOf(pieces));
  }

  /** Returns the names used, sorted. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    pieces.stream().filter(Piece::named).forEach(piece -> names.add(piece.text()));
    return names;
  }

  private static void addLiteral(List<Piece> pieces, String literal) {
    int braces = literal.indexOf("{{");
    Runbook.require(
        braces < 0,
        "double braces hold a name and nothing else, for example {{version}}, not "
            + literal.substring(Math.max(braces, 0), Math.min(literal.length(), braces + 30)));
    if (!literal.isEmpty()) {
      pieces.add(new Piece(literal, false));
    }
  }
}
