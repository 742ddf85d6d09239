// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns the HTML of a Teams message into the words a person reads. It knows the few elements that
 * Teams writes; every other element vanishes and its words stay. Runs in one pass, so that hostile
 * input costs no more than its length. Pure.
 */
public final class TeamsText {

  private static final Map<String, String> ENTITIES =
      Map.of(
          "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "hellip", "…",
          "ndash", "–", "mdash", "—");

  private static final int LONGEST_ENTITY = 10;

  private final String html;
  private final Function<String, String> mention;
  private final StringBuilder out = new StringBuilder();
  private final int lastClosing;
  private boolean inMention;

  private TeamsText(String html, Function<String, String> mention) {
    this.html = html;
    this.mention = mention;
    this.lastClosing = html.lastIndexOf('>');
  }

  /**
   * Returns the words.
   *
   * @param html what Teams delivered
   * @param mention gives the neutral mention for the id of an {@code <at>} element; an empty text
   *     keeps the words inside it
   */
  public static String of(String html, Function<String, String> mention) {
    return new TeamsText(html, mention).read();
  }

  private String read() {
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<') {
        at = element(at);
      } else if (c == '&') {
        at = entity(at);
      } else {
        append(c == '\n' || c == '\r' || c == '\u00a0' ? " " : String.valueOf(c));
        at++;
      }
    }
    return out.toString().strip();
  }

  private void append(String words) {
    if (!inMention) {
      out.append(words.equals(" ") && endsWith('\n') ? "" : words);
    }
  }

  /** Ends a line: no blanks around the break, and at most one empty line. */
  private void breakLine() {
    if (inMention) {
      return;
    }
    while (endsWith(' ')) {
      out.setLength(out.length() - 1);
    }
    boolean emptyLine = out.length() > 1 && endsWith('\n') && out.charAt(out.length() - 2) == '\n';
    if (!emptyLine) {
      out.append('\n');
    }
  }

  private boolean endsWith(char c) {
    return !out.isEmpty() && out.charAt(out.length() - 1) == c;
  }

  private int element(int at) {
    int end = at > lastClosing ? -1 : html.indexOf('>', at);
    if (end < 0) {
      append("<");
      return at + 1;
    }
    String inside = html.substring(at + 1, end);
    String name = name(inside);
    switch (name) {
      case "br", "/p", "/div", "/li", "/h1", "/h2", "/h3", "/blockquote", "/tr" -> breakLine();
      case "li" -> append("- ");
      case "img", "emoji" -> append(attribute(inside, "alt"));
      case "at" -> beginMention(inside);
      case "/at" -> inMention = false;
      default -> {}
    }
    return end + 1;
  }

  private void beginMention(String inside) {
    String neutral = mention.apply(attribute(inside, "id"));
    append(neutral);
    inMention = !neutral.isEmpty();
  }

  private static String name(String inside) {
    int end = 0;
    while (end < inside.length()
        && (Character.isLetterOrDigit(inside.charAt(end))
            || (end == 0 && inside.charAt(0) == '/'))) {
      end++;
    }
    return inside.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private static String attribute(String inside, String name) {
    int at = inside.indexOf(name + "=\"");
    if (at < 0) {
      return "";
    }
    int from = at + name.length() + 2;
    int end = inside.indexOf('"', from);
    return end < 0 ? "" : inside.substring(from, end);
  }

  private int entity(int at) {
    int window = Math.min(html.length(), at + LONGEST_ENTITY);
    int end = at + html.substring(at, window).indexOf(';');
    if (end < at) {
      append("&");
      return at + 1;
    }
    String words = decoded(html.substring(at + 1, end));
    append(words.isEmpty() ? "&" : words);
    return words.isEmpty() ? at + 1 : end + 1;
  }

  private static String decoded(String name) {
    if (!name.startsWith("#")) {
      return ENTITIES.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
    boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
    try {
      int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      return Character.isValidCodePoint(code) && !Character.isISOControl(code)
          ? Character.toString(code)
          : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
