// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Turns the text of Slack's messages and commands into plain words as typed: control sequences
 * become readable, people become {@code <@slack:ID>}, escapes are undone last and once. Pure.
 */
public final class SlackText {

  private static final Pattern CONTROL = Pattern.compile("<([^<>]{1,4000})>");
  private static final Pattern USER = Pattern.compile("@([A-Z0-9]{2,40})");
  private static final Pattern CHANNEL = Pattern.compile("#[A-Z0-9]{2,40}");
  private static final Pattern SPECIAL =
      Pattern.compile("!(here|channel|everyone|(subteam|date)\\^.+)");
  private static final Pattern DATE = Pattern.compile("date\\^([0-9]{1,11})\\^.*");
  private static final Pattern LINK = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:");

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

  /** What is in angle brackets without being one of Slack's sequences was typed so. */
  private static String readable(String inside) {
    int bar = inside.indexOf('|');
    String target = bar < 0 ? inside : inside.substring(0, bar);
    String label = bar < 0 ? "" : unescape(inside.substring(bar + 1));
    var user = USER.matcher(target);
    if (user.matches()) {
      return "<@slack:" + user.group(1) + ">";
    }
    if (CHANNEL.matcher(target).matches()) {
      return "#" + (label.isEmpty() ? target.substring(1) : label);
    }
    boolean labelled = target.startsWith("!") && !label.isEmpty();
    if (labelled || SPECIAL.matcher(target).matches()) {
      return special(target.substring(1), label);
    }
    return LINK.matcher(target).lookingAt()
        ? link(unescape(target), label)
        : "<" + unescape(inside) + ">";
  }

  private static String special(String target, String label) {
    if (!label.isEmpty()) {
      return label;
    }
    var date = DATE.matcher(target);
    if (date.matches()) {
      return Instant.ofEpochSecond(Long.parseLong(date.group(1))).toString();
    }
    return "@" + (target.startsWith("subteam^") ? target.substring("subteam^".length()) : target);
  }

  /** Returns a link as words: its label, and its target where the label does not show it. */
  static String link(String target, String label) {
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
