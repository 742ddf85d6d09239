// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static dev.muster.command.Requirement.COMMANDER;
import static dev.muster.command.Requirement.COMMANDER_OR_COMMUNICATIONS;
import static dev.muster.command.Requirement.EVERYBODY;
import static dev.muster.command.Requirement.INSIDER;
import static dev.muster.command.Requirement.RESPONDER;
import static dev.muster.command.Scope.CHANGES;
import static dev.muster.command.Scope.NONE;
import static dev.muster.command.Scope.READS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The verbs of the language, in the order people read them; the last part in {@link OutwardTable}.
 */
final class CommandTable {

  private static final List<CommandSpec> OWN =
      List.of(
          new CommandSpec(
              "help",
              List.of("?", "--help"),
              List.of("help [VERB]"),
              "help severity",
              EVERYBODY,
              NONE,
              false,
              "",
              "Shows what you can do here, or how one verb is used."),
          new CommandSpec(
              "declare",
              List.of("new", "open"),
              List.of("declare [TITLE] [SEV] [--private] [--drill]"),
              "declare checkout answers 500",
              INSIDER,
              NONE,
              true,
              "a new incident",
              "Opens the form to declare an incident."),
          new CommandSpec(
              "declare!",
              List.of("new!", "open!"),
              List.of("declare! TITLE [SEV] [--private] [--drill]"),
              "declare! checkout answers 500 sev2",
              INSIDER,
              NONE,
              true,
              "a new incident",
              "Declares at once, without a form. --private: only invited people see it. --drill:"
                  + " practice."),
          new CommandSpec(
              "list",
              List.of("ls", "incidents"),
              List.of("list [open|mine|all|private]"),
              "list mine",
              EVERYBODY,
              NONE,
              false,
              "",
              "Lists up to ten incidents."),
          new CommandSpec(
              "status",
              List.of("show"),
              List.of("status [public]"),
              "status",
              EVERYBODY,
              READS,
              false,
              "",
              "Shows where the incident is; public shows it to the channel."),
          new CommandSpec(
              "ack",
              List.of("acknowledge"),
              List.of("ack"),
              "ack",
              RESPONDER,
              CHANGES,
              true,
              "acknowledgement",
              "Tells everybody that you are on it, and stops the escalation."),
          new CommandSpec(
              "severity",
              List.of("sev"),
              List.of("severity SEV [REASON]"),
              "severity 2 payment is down",
              RESPONDER,
              CHANGES,
              true,
              "severity",
              "Changes the severity, from 1 (worst) to 4."),
          new CommandSpec(
              "commander",
              List.of("ic", "lead"),
              List.of("commander PERSON", "commander nobody"),
              "commander me",
              COMMANDER,
              CHANGES,
              false,
              "commander",
              "Takes command, asks a person to take it, or leaves it vacant."),
          new CommandSpec(
              "role",
              List.of("roles"),
              List.of("role", "role ROLE PERSON", "role ROLE nobody"),
              "role comms @li",
              COMMANDER,
              CHANGES,
              false,
              "roles",
              "Shows the roles, or gives one to a person."),
          new CommandSpec(
              "join",
              List.of(),
              List.of("join"),
              "join",
              EVERYBODY,
              CHANGES,
              false,
              "members",
              "Adds you to the incident's channel."),
          new CommandSpec(
              "invite",
              List.of(),
              List.of("invite PERSON…"),
              "invite @li @sam",
              RESPONDER,
              CHANGES,
              false,
              "members",
              "Adds people or a group to the incident's channel."),
          new CommandSpec(
              "title",
              List.of("rename"),
              List.of("title TEXT"),
              "title Checkout answers 500 in Europe",
              RESPONDER,
              CHANGES,
              true,
              "title",
              "Changes the title."),
          new CommandSpec(
              "impact",
              List.of(),
              List.of("impact TEXT"),
              "impact 12 % of payments in Europe fail",
              RESPONDER,
              CHANGES,
              true,
              "impact",
              "Says what people outside notice."),
          new CommandSpec(
              "affects",
              List.of("services"),
              List.of("affects SERVICE…"),
              "affects checkout search",
              RESPONDER,
              CHANGES,
              false,
              "services",
              "Says which services are affected."),
          new CommandSpec(
              "update",
              List.of(),
              List.of("update [TEXT]"),
              "update We are rolling back the 14:02 deploy",
              RESPONDER,
              CHANGES,
              true,
              "status update",
              "Posts a status update; without text it opens the form."),
          new CommandSpec(
              "next",
              List.of(),
              List.of("next DURATION"),
              "next 30m",
              COMMANDER_OR_COMMUNICATIONS,
              CHANGES,
              false,
              "time of the next update",
              "Promises when the next update comes."),
          new CommandSpec(
              "subscribe",
              List.of("follow"),
              List.of("subscribe"),
              "subscribe",
              EVERYBODY,
              READS,
              false,
              "",
              "Sends you its updates, each new status and its close as direct messages."),
          new CommandSpec(
              "unsubscribe",
              List.of("unfollow"),
              List.of("unsubscribe"),
              "unsubscribe",
              EVERYBODY,
              READS,
              false,
              "",
              "Sends you no more of them."),
          new CommandSpec(
              "timeline",
              List.of("tl"),
              List.of("timeline [show|export]", "timeline add [TIME] TEXT"),
              "timeline add -10m deploy 4711 finished",
              RESPONDER,
              CHANGES,
              true,
              "timeline",
              "Shows the timeline, sends it to you alone, or writes a note on it. TIME is"
                  + " -10m, 14:05, 14:05 UTC or 2026-11-21T14:05Z."),
          new CommandSpec(
              "action",
              List.of("followup"),
              List.of("action TEXT [@OWNER] [DUE]", "action done NUMBER"),
              "action add an alert for the queue @li 2026-12-01",
              RESPONDER,
              CHANGES,
              true,
              "action items",
              "Notes a follow-up for afterwards with owner and day, or marks one as done."),
          new CommandSpec(
              "actions",
              List.of(),
              List.of("actions"),
              "actions",
              EVERYBODY,
              READS,
              false,
              "",
              "Lists the follow-ups."),
          new CommandSpec(
              "task",
              List.of("tasks"),
              List.of(
                  "task", "task TEXT [@OWNER]", "task take|done NUMBER", "task give NUMBER PERSON"),
              "task restart the queue @li",
              RESPONDER,
              CHANGES,
              true,
              "tasks",
              "Lists what is to be done before it is resolved, or notes, takes, gives or finishes"
                  + " it."),
          new CommandSpec(
              "identify",
              List.of("identified"),
              List.of("identify [TEXT]"),
              "identify the 14:02 deploy introduced a lock",
              RESPONDER,
              CHANGES,
              true,
              "status",
              "Says that it is known what is wrong."),
          new CommandSpec(
              "mitigate",
              List.of("mitigated"),
              List.of("mitigate [TEXT]"),
              "mitigate traffic moved to eu-2",
              RESPONDER,
              CHANGES,
              true,
              "status",
              "Says that the impact has stopped."),
          new CommandSpec(
              "resolve",
              List.of("resolved"),
              List.of("resolve [TEXT]"),
              "resolve deploy 4711 was rolled back",
              RESPONDER,
              CHANGES,
              true,
              "status",
              "Says that the service is normal."),
          new CommandSpec(
              "reopen",
              List.of(),
              List.of("reopen [REASON]"),
              "reopen errors are back",
              RESPONDER,
              CHANGES,
              true,
              "status",
              "Takes a resolved or closed incident up again."),
          new CommandSpec(
              "close",
              List.of(),
              List.of("close [completed|false_alarm|duplicate INC-n] [TEXT]"),
              "close duplicate INC-2",
              COMMANDER,
              CHANGES,
              true,
              "status",
              "Ends the incident and drafts the postmortem."),
          new CommandSpec(
              "merge",
              List.of(),
              List.of("merge", "merge INC-n [REASON]"),
              "merge INC-42",
              COMMANDER,
              CHANGES,
              true,
              "status",
              "Closes this one as a duplicate of another, which takes over its people, tasks,"
                  + " actions and alerts."),
          new CommandSpec(
              "cancel",
              List.of(),
              List.of("cancel REASON"),
              "cancel the alert was a test",
              COMMANDER,
              CHANGES,
              true,
              "status",
              "Closes as a false alarm, from any status."),
          new CommandSpec(
              "postmortem",
              List.of("pm"),
              List.of("postmortem", "postmortem draft|publish", "postmortem edit [PART] [TEXT]"),
              "postmortem edit summary A deploy took the checkout down.",
              RESPONDER,
              CHANGES,
              true,
              "postmortem",
              "Shows the postmortem once it is drafted, draws its draft anew, or publishes it,"
                  + " which is for the commander and whoever wrote in it. PART is summary, impact,"
                  + " factors, helped or harder."));

  /** Every verb. */
  static final List<CommandSpec> ALL =
      Stream.concat(OWN.stream(), OutwardTable.ROWS.stream()).toList();

  static final Map<String, CommandSpec> BY_WORD = byWord();

  private CommandTable() {}

  private static Map<String, CommandSpec> byWord() {
    Map<String, CommandSpec> words = new HashMap<>();
    for (CommandSpec spec : ALL) {
      words.put(spec.verb(), spec);
      spec.aliases().forEach(alias -> words.put(alias, spec));
    }
    return Map.copyOf(words);
  }
}
