// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static dev.muster.command.Requirement.ADMIN;
import static dev.muster.command.Requirement.COMMANDER;
import static dev.muster.command.Requirement.EVERYBODY;
import static dev.muster.command.Requirement.RESPONDER;
import static dev.muster.command.Scope.CHANGES;
import static dev.muster.command.Scope.NONE;

import java.util.List;

/** The verbs that reach beyond what an incident knows of itself, in the order people read them. */
final class OutwardTable {

  static final List<CommandSpec> ROWS =
      List.of(
          new CommandSpec(
              "runbook",
              List.of("runbooks", "rb"),
              List.of("runbook", "runbook NAME [KEY=VALUE…]"),
              "runbook rollback-checkout version=4710",
              RESPONDER,
              CHANGES,
              true,
              "runbook steps",
              "Lists the runbooks that fit, or starts one; steps that need it wait for approval."),
          new CommandSpec(
              "rollback",
              List.of(),
              List.of("rollback [SERVICE] [to VERSION]"),
              "rollback checkout to 4710",
              RESPONDER,
              CHANGES,
              false,
              "runbook steps",
              "Proposes a rollback; a second person approves it."),
          new CommandSpec(
              "escalate",
              List.of("esc"),
              List.of("escalate [TARGET] [REASON]", "escalate level NUMBER [REASON]"),
              "escalate @sam nobody knows the database",
              RESPONDER,
              CHANGES,
              true,
              "escalation",
              "Asks the next level, or whom you name."),
          new CommandSpec(
              "page",
              List.of(),
              List.of("page PERSON [MESSAGE]", "page SCHEDULE [MESSAGE]"),
              "page @sam the database does not answer",
              RESPONDER,
              CHANGES,
              true,
              "escalation",
              "Asks one person, or whoever is on call, to come."),
          new CommandSpec(
              "link",
              List.of("bookmark"),
              List.of("link URL [LABEL]"),
              "link https://grafana.example.com/d/checkout Checkout board",
              RESPONDER,
              CHANGES,
              true,
              "bookmarks",
              "Puts a link at the channel's head and on the timeline."),
          new CommandSpec(
              "call",
              List.of("bridge"),
              List.of("call", "call URL"),
              "call https://meet.example.com/inc-42",
              RESPONDER,
              CHANGES,
              true,
              "call",
              "Shows where people talk to each other, or says where."),
          new CommandSpec(
              "space",
              List.of(),
              List.of("space PLATFORM"),
              "space web",
              RESPONDER,
              CHANGES,
              false,
              "where the incident lives",
              "Opens a channel for it on another chat platform too; what people say in one is"
                  + " repeated in the other."),
          new CommandSpec(
              "private",
              List.of(),
              List.of("private [PERSON…]", "private [PERSON…] confirm"),
              "private @li @sam",
              COMMANDER,
              CHANGES,
              false,
              "who sees the incident",
              "Shows it to its members alone, or to those you name and whoever has a role; says"
                  + " first what that means."),
          new CommandSpec(
              "public",
              List.of(),
              List.of("public", "public confirm"),
              "public",
              COMMANDER,
              CHANGES,
              false,
              "who sees the incident",
              "Shows it to everybody; says first what becomes readable."),
          new CommandSpec(
              "link-person",
              List.of(),
              List.of("link-person PERSON PLATFORM:ID", "link-person PERSON PLATFORM:ID confirm"),
              "link-person @ada web:ada",
              ADMIN,
              NONE,
              false,
              "who is one person",
              "Says that two identities on different chat platforms are one person; ID is an"
                  + " identifier or an e-mail address."),
          new CommandSpec(
              "unlink-person",
              List.of(),
              List.of("unlink-person PERSON", "unlink-person PERSON confirm"),
              "unlink-person @ada",
              ADMIN,
              NONE,
              false,
              "who is one person",
              "Says that an identity belongs to no other one."),
          new CommandSpec(
              "version",
              List.of(),
              List.of("version"),
              "version",
              EVERYBODY,
              NONE,
              false,
              "",
              "Says which version of Muster answers."));

  private OutwardTable() {}
}
