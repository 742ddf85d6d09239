// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import java.util.ArrayList;
import java.util.List;

/** Texts with which somebody outside would like to call a whole company, or fake a link. */
final class Injections {

  private Injections() {}

  /** Returns some 400 of them, each in several settings. */
  static List<String> all() {
    List<String> cores =
        List.of(
            "<!channel>",
            "<!here>",
            "<!everyone>",
            "<!channel|label>",
            "<!subteam^S1>",
            "<!subteam^S1|@sre>",
            "<@U1>",
            "<@U1|ada>",
            "<@W1>",
            "<#C1|secret>",
            "<https://evil.example|https://good.example>",
            "<javascript:alert(1)|x>",
            "<!date^1^{date}^https://evil.example|x>",
            "@channel",
            "@here",
            "@everyone",
            "\uFF1C!channel\uFF1E",
            "\uFE64!channel\uFE65",
            "&lt;!channel&gt;",
            "&amp;lt;!channel&amp;gt;",
            "&#60;!channel&#62;",
            "<<!channel>>",
            "<!channel",
            "!channel>",
            "<!chan\u200Bnel>",
            "<\u0000!channel>",
            "*<!channel>*",
            "`<!here>`",
            "~<!everyone>~",
            "_<@U1>_",
            ">>> <!channel>",
            "\u202E<!channel>",
            "```<!channel>```");
    List<String> settings =
        List.of(
            "%s",
            "x %s y",
            "%s%s",
            "\n%s\n",
            "(%s)",
            "\"%s\"",
            "*%s",
            "%s|%s",
            "<%s>",
            "%s &amp;",
            "> %s",
            ":%s:",
            "%s\u2028%s");
    List<String> all = new ArrayList<>();
    for (String core : cores) {
      for (String setting : settings) {
        all.add(setting.replace("%s", core));
      }
    }
    return all;
  }
}
