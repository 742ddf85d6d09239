// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Turns the text of Slack's messages and commands into plain words as typed: control sequences
 * become readable, people become {@code <@slack:ID>}, escapes are undone last and once. Pure.
 */
public final class SlackText {

  private static final Pattern CONTROL = Pattern.compile("<([^<>]{1,4000})>");
  private static final Pattern USER = Pattern.compile("@([A-Z0-9]{2,40})");

  private SlackText() {}

  /** Returns the words. */
  public static String neutral(String text) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    var matches = CONTROL.matcher(text).results().toList();
    for (MatchResult match : matches) {
      out.append(unescape(text.substring(from, match.start())));
      out.append(readable(match.group(1)));
      from = match.end();
    }
    return out.append(unescape(text.substring(from))).toString();
  }

  private static String readable(String inside) {
    int bar = inside.indexOf('|');
    String target = bar < 0 ? inside : inside.substring(0, bar);
    String label = bar < 0 ? "" : unescape(inside.substring(bar + 1));
    return switch (target.charAt(0)) {
      case '@' -> user(target, label);
      case '#' -> "#" + (label.isEmpty() ? target.substring(1) : label);
      case '!' -> special(target.substring(1), label);
      default -> link(unescape(target), label);
    };
  }

  private static String user(String target, String label) {
    var user = USER.matcher(target);
    if (user.matches()) {
      return "<@slack:" + user.group(1) + ">";
    }
    return label.isEmpty() ? unescape(target) : "@" + label;
  }

  private static String special(String target, String label) {
    if (!label.isEmpty()) {
      return label;
    }
    return "@" + (target.startsWith("subteam^") ? target.substring("subteam^".length()) : target);
  }

  private static String link(String target, String label) {
    boolean asTyped =
        label.isEmpty()
            || target.equals(label)
            || target.equals("http://" + label)
            || target.equals("https://" + label)
            || target.equals("mailto:" + label);
    if (asTyped) {
      return label.isEmpty() ? target : label;
    }
    return label + " (" + target + ")";
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
