// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.alert.AlertRule;
import dev.muster.config.AlertPattern;
import dev.muster.config.BotConfig;
import dev.muster.config.PlatformSettings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the rules for alerts and the patterns for messages. */
final class AlertChecks {

  private static final Pattern NAME = Pattern.compile("\\{\\{ ?([^{}]*?) ?}}");
  private static final Pattern LABEL =
      Pattern.compile("source|(labels|annotations)\\.[^{}\\s]{1,200}");

  private final BotConfig config;
  private final Problems problems;

  AlertChecks(BotConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  void run() {
    config.enabledPlatforms().forEach(this::sameAs);
    List<AlertRule> rules = config.alerts().rules();
    for (int i = 0; i < rules.size(); i++) {
      String path = Paths.item("alerts.rules", i);
      template(rules.get(i).service(), Paths.key(path, "service"));
      if (rules.get(i).match().isEmpty() && i < rules.size() - 1) {
        problems.warnAt(
            path,
            "This rule matches every alert, so the rules below it never count",
            "Move it down");
      }
    }
  }

  /** A message can only be the same as what some source states. */
  private void sameAs(PlatformSettings platform) {
    for (AlertPattern pattern : platform.alertPatterns()) {
      String source = pattern.sameAs();
      if (!source.isEmpty() && config.alerts().source(source).isEmpty()) {
        problems.at(
            "platforms." + platform.name() + ".alert-patterns",
            "The pattern " + pattern.name() + " is the same as " + source + ", which is no source",
            "Name one of alerts.sources");
      }
    }
  }

  private void template(String text, String path) {
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      if (!LABEL.matcher(names.group(1)).matches()) {
        problems.at(
            path,
            "'{{" + names.group(1) + "}}' names nothing of an alert",
            "Write {{labels.NAME}}, {{annotations.NAME}} or {{source}}");
      }
    }
    if (names.replaceAll("").contains("{{")) {
      problems.at(path, "Double braces hold a name", "Write {{labels.NAME}}");
    }
  }
}
