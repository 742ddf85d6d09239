// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

/** Makes foreign words show in Markdown as they were written, whatever they hold. Pure. */
public final class MarkdownText {

  private static final String MARKUP = "\\`*_[]<>|#";
  private static final char DELETE = 0x7F;

  private MarkdownText() {}

  /** Returns words for one line; what would break the line or mean something is made harmless. */
  public static String line(String words) {
    StringBuilder out = new StringBuilder(words.length() + 16);
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (MARKUP.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c == '\n' || c == '\r' ? ' ' : c);
    }
    return out.toString();
  }

  /** Returns words as a quotation, line by line, with a line end behind each. */
  public static String quotation(String words) {
    StringBuilder out = new StringBuilder(words.length() + 16);
    words.lines().forEach(line -> out.append("> ").append(begun(line(line.strip()))).append('\n'));
    return out.toString();
  }

  /** What begins a list, a rule or a heading at the beginning of a line means nothing here. */
  private static String begun(String line) {
    return line.replaceFirst("^([-+=~])", "\\\\$1").replaceFirst("^([0-9]+)([.)])", "$1\\\\$2");
  }

  /** Returns words on one line, each run of white space and control characters as one space. */
  public static String collapsed(String words) {
    StringBuilder out = new StringBuilder(words.length());
    boolean blank = false;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c <= ' ' || c == DELETE) {
        blank = true;
      } else {
        out.append(blank ? " " : "").append(c);
        blank = false;
      }
    }
    return line(out.toString().strip());
  }
}
