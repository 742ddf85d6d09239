// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.alert.AlertRule;
import dev.muster.engine.Settings;
import dev.muster.incident.Severity;
import dev.muster.testkit.SettingsDraft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alerts that declare incidents on Slack, one per value of the label {@code group}. */
final class AlertsOnSlack {

  static final String SOURCE = "metrics";

  private static final AlertRule PER_GROUP =
      new AlertRule(
          Map.of(), List.of("group"), Optional.of(Severity.SEV3), "", AlertRule.Action.DECLARE);

  private AlertsOnSlack() {}

  /** Returns these settings, made for alerts on Slack. */
  static Settings settings(Settings plain) {
    return SettingsDraft.of(plain)
        .announcing("slack", "incidents")
        .alertRules(List.of(PER_GROUP))
        .done();
  }

  static Alert fires(String group, int number, Instant at) {
    return alert(group, number, at, Alert.Status.FIRING);
  }

  static Alert isOver(String group, int number, Instant at) {
    return alert(group, number, at, Alert.Status.RESOLVED);
  }

  private static Alert alert(String group, int number, Instant at, Alert.Status status) {
    return new Alert(
        new AlertKey(SOURCE, group + "-" + number),
        status,
        group + " alert " + number,
        "",
        Map.of("group", group, "number", "" + number),
        Map.of(),
        at,
        Optional.empty(),
        "",
        List.of());
  }
}
