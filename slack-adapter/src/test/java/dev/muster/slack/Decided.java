// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.engine.Settings;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.Step;
import java.util.List;

/** What an operator may have decided, for tests that need more than the defaults. */
final class Decided {

  private Decided() {}

  /** Has one runbook, whose step waits for the consent of a second person. */
  static Settings withRollback(Settings now) {
    Step call =
        new Step(
            "call-deployer",
            Step.Kind.WEBHOOK,
            Step.Approval.REQUIRED,
            "POST",
            "http://127.0.0.1:9/rollback",
            null,
            "{}",
            null,
            null,
            false);
    Runbook rollback = new Runbook("rollback-checkout", true, null, null, List.of(call), "");
    return new Settings(
        now.publicUrl(),
        now.platforms(),
        now.announceChannels(),
        now.alertChannels(),
        now.severities(),
        now.services(),
        now.schedules(),
        now.policies(),
        List.of(rollback),
        now.alertRules(),
        now.messageAlerts(),
        now.access(),
        now.groups(),
        now.reactions());
  }
}
