// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.engine.Settings;
import dev.muster.incident.Severity;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Rotation;
import dev.muster.oncall.Schedule;
import dev.muster.oncall.Target;
import dev.muster.testkit.SettingsDraft;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator may have decided, for tests that need more than the defaults. */
final class Decided {

  private Decided() {}

  /** Has one runbook, whose step waits for the consent of a second person. */
  static Settings withRollback(Settings now) {
    return SettingsDraft.of(now).rollback(false).done();
  }

  /** Has one schedule, on which this person always is, and notifies them of everything grave. */
  static Settings withOnCall(Settings now, String person) {
    Rotation always =
        new Rotation(List.of(person), Duration.ofDays(7), LocalDateTime.of(2026, 1, 5, 9, 0));
    Schedule payments = new Schedule("payments", ZoneOffset.UTC, always, null);
    EscalationPolicy policy =
        new EscalationPolicy(
            "default",
            List.of(
                new EscalationPolicy.Level(
                    List.of(Target.parse("schedule:payments")), Duration.ZERO)));
    Settings.SeverityRule asks =
        new Settings.SeverityRule(Optional.empty(), Optional.empty(), "default");
    return SettingsDraft.of(now)
        .severities(Map.of(Severity.SEV1, asks, Severity.SEV2, asks))
        .services(new Settings.ServiceEntry("checkout", "payments", "payments", List.of()))
        .schedules(payments)
        .policies(List.of(policy))
        .done();
  }

  /** Has one schedule and no policy. */
  static Settings withSchedule(Settings now, Schedule schedule) {
    return SettingsDraft.of(now).schedules(schedule).done();
  }
}
