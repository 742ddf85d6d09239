// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes names that Slack takes for a channel: at most 80 characters of {@code a-z 0-9 - _}. Pure.
 */
final class ChannelName {

  /** Slack's own limit for a channel name. */
  static final int LONGEST = 80;

  /** Room for the suffix that makes a name unique. */
  private static final int ROOM = 10;

  private static final Set<String> RESERVED =
      Set.of(
          "all",
          "archive",
          "archived",
          "archives",
          "channel",
          "channels",
          "create",
          "delete",
          "deleted-channel",
          "edit",
          "everyone",
          "general",
          "group",
          "groups",
          "here",
          "me",
          "ms",
          "slack",
          "slackbot",
          "today",
          "you");

  private ChannelName() {}

  /** Returns the legal name nearest to the wanted one, with room for a suffix. */
  static String legal(String wanted) {
    String folded =
        Normalizer.normalize(wanted, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9_]+", "-")
            .replaceAll("^[-_]+|[-_]+$", "");
    String cut = folded.substring(0, Math.min(folded.length(), LONGEST - ROOM));
    String name = cut.replaceAll("[-_]+$", "");
    if (name.isEmpty()) {
      return "incident";
    }
    return RESERVED.contains(name) ? "inc-" + name : name;
  }

  /** Returns the name of the n-th try, counted from 1: the name itself, then with a number. */
  static String tried(String name, int n) {
    return n == 1 ? name : name + "-" + n;
  }

  /** Returns whether {@code name} may have been made by trying {@code wanted}. */
  static boolean madeFrom(String wanted, String name) {
    return name.equals(wanted) || name.matches(Pattern.quote(wanted) + "-[a-z0-9]{1,8}");
  }
}
