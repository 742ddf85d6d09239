// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.IncidentStatus;
import java.util.Map;

/** Which grammar stands behind which verb of the table. */
final class Grammars {

  static final Map<String, Grammar> BY_VERB =
      Map.ofEntries(
          Map.entry("help", PlainGrammar::help),
          Map.entry("declare", DeclareGrammar::offered),
          Map.entry("declare!", DeclareGrammar::straight),
          Map.entry("list", PlainGrammar::list),
          Map.entry("status", PlainGrammar::status),
          Map.entry("ack", PlainGrammar.always(new Intent.Acknowledge())),
          Map.entry("severity", FieldGrammar::severity),
          Map.entry("commander", PeopleGrammar::commander),
          Map.entry("role", PeopleGrammar::role),
          Map.entry("join", PlainGrammar.alone(new Intent.Join())),
          Map.entry("invite", PeopleGrammar::invite),
          Map.entry("title", FieldGrammar::title),
          Map.entry("impact", FieldGrammar::impact),
          Map.entry("affects", FieldGrammar::affects),
          Map.entry("update", FieldGrammar::update),
          Map.entry("next", FieldGrammar::next),
          Map.entry("subscribe", PlainGrammar.alone(new Outward.Subscribe())),
          Map.entry("unsubscribe", PlainGrammar.alone(new Outward.Unsubscribe())),
          Map.entry("timeline", TimelineGrammar::read),
          Map.entry("action", ActionGrammar::read),
          Map.entry("actions", PlainGrammar.alone(new Intent.ListActions())),
          Map.entry("task", TaskGrammar::read),
          Map.entry("identify", FieldGrammar.advance(IncidentStatus.IDENTIFIED)),
          Map.entry("mitigate", FieldGrammar.advance(IncidentStatus.MITIGATED)),
          Map.entry("resolve", FieldGrammar.advance(IncidentStatus.RESOLVED)),
          Map.entry("reopen", FieldGrammar::reopen),
          Map.entry("close", ClosingGrammar::read),
          Map.entry("merge", MergeGrammar::read),
          Map.entry("cancel", FieldGrammar::cancel),
          Map.entry("postmortem", PostmortemGrammar::read),
          Map.entry("runbook", RunbookGrammar::runbook),
          Map.entry("rollback", RunbookGrammar::rollback),
          Map.entry("escalate", EscalateGrammar::read),
          Map.entry("page", EscalateGrammar::page),
          Map.entry("link", LinkGrammar::link),
          Map.entry("call", LinkGrammar::call),
          Map.entry("space", SpaceGrammar::read),
          Map.entry("private", PrivacyGrammar::privately),
          Map.entry("public", PrivacyGrammar::publicly),
          Map.entry("link-person", IdentityGrammar::link),
          Map.entry("unlink-person", IdentityGrammar::unlink),
          Map.entry("version", PlainGrammar.alone(new Outward.ShowVersion())));

  private Grammars() {}
}
