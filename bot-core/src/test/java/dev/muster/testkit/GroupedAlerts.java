// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.alert.AlertRule;
import dev.muster.engine.Settings;
import dev.muster.incident.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alerts that declare incidents, one per value of the label {@code group}. */
public final class GroupedAlerts {

  /** Where they come from. */
  public static final String SOURCE = "metrics";

  private static final AlertRule PER_GROUP =
      new AlertRule(
          Map.of(), List.of("group"), Optional.of(Severity.SEV3), "", AlertRule.Action.DECLARE);

  private GroupedAlerts() {}

  /** Returns these settings, made for alerts on a platform that has a channel {@code incidents}. */
  public static Settings settings(Settings plain, String platform) {
    return SettingsDraft.of(plain)
        .announcing(platform, "incidents")
        .alertRules(List.of(PER_GROUP))
        .done();
  }

  /** Returns an alert of a group that fires. */
  public static Alert fires(String group, int number, Instant at) {
    return alert(group, number, at, Alert.Status.FIRING);
  }

  /** Returns that an alert of a group is over. */
  public static Alert isOver(String group, int number, Instant at) {
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
