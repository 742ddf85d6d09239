// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UtcText;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything the bot does by itself when an incident changes: one table, fact in, reactions out.
 * Pure; {@link ReactionDesk} turns them into orders and timers.
 */
final class Reactions {

  private Reactions() {}

  /** Returns what follows from a fact. */
  static List<Reaction> to(IncidentEvent event, Incident after, Actor actor, String reason) {
    if (event instanceof IncidentEvent.Declared) {
      return List.of(
          new Reaction.OpenChannels(),
          new Reaction.RefreshCards(),
          new Reaction.PlanSummaries(),
          new Reaction.StartEscalation());
    }
    if (event instanceof IncidentEvent.SpaceOpened e) {
      return List.of(
          new Reaction.RefreshCards(), new Reaction.FurnishChannel(e.space().platform()));
    }
    if (event instanceof IncidentEvent.StatusChanged e) {
      return toStatus(e);
    }
    if (event instanceof IncidentEvent.SeverityChanged e) {
      String line =
          "Severity " + e.from() + " → " + e.to() + " by " + actor.name() + because(reason);
      return e.to().isWorseThan(e.from())
          ? List.of(
              new Reaction.RefreshCards(),
              new Reaction.SayLine(line),
              new Reaction.PlanSummaries(),
              new Reaction.StartEscalation())
          : List.of(
              new Reaction.RefreshCards(),
              new Reaction.SayLine(line),
              new Reaction.PlanSummaries());
    }
    if (event instanceof IncidentEvent.SpaceChanged) {
      return List.of(new Reaction.RefreshCards());
    }
    return toDetail(event, after, actor, reason);
  }

  private static List<Reaction> toDetail(
      IncidentEvent event, Incident after, Actor actor, String reason) {
    if (event instanceof IncidentEvent.RoleAssigned e) {
      return assigned(e, after, actor);
    }
    if (event instanceof IncidentEvent.RoleReleased e) {
      String line = e.person().name() + " is no longer " + e.role().word() + because(reason);
      return List.of(new Reaction.RefreshCards(), new Reaction.SayLine(line));
    }
    if (event instanceof IncidentEvent.FieldChanged e) {
      String field = e.field().name().charAt(0) + e.field().name().substring(1).toLowerCase();
      String line = field + " by " + actor.name() + ": " + (e.to().isEmpty() ? "none" : e.to());
      return List.of(new Reaction.RefreshCards(), new Reaction.SayLine(line));
    }
    if (event instanceof IncidentEvent.NextUpdateSet e && actor.human().isPresent()) {
      String line =
          e.at()
              .map(at -> actor.name() + " promised the next update by " + UtcText.clock(at) + ".")
              .orElse(actor.name() + " took back the promise of a next update.");
      return List.of(new Reaction.RefreshCards(), new Reaction.SayLine(line));
    }
    if (event instanceof IncidentEvent.MemberAdded e) {
      return List.of(new Reaction.Invite(List.of(e.person())));
    }
    if (event instanceof IncidentEvent.Acknowledged) {
      return List.of(
          new Reaction.RefreshCards(),
          new Reaction.AcknowledgeEscalation("acknowledged by " + actor.name()));
    }
    return event instanceof IncidentEvent.NextUpdateSet
        ? List.of(new Reaction.RefreshCards())
        : List.of();
  }

  private static List<Reaction> assigned(
      IncidentEvent.RoleAssigned e, Incident after, Actor actor) {
    Reaction invite = new Reaction.Invite(List.of(e.person()));
    List<Reaction> reactions = new ArrayList<>(List.of(new Reaction.RefreshCards(), invite));
    boolean early = after.version() <= 2;
    if (!early) {
      reactions.add(
          new Reaction.SayLine(
              e.before()
                  .map(
                      before ->
                          capital(e.role()) + ": " + before.name() + " → " + e.person().name())
                  .orElse(e.person().name() + " is now " + e.role().word() + ".")));
    }
    boolean self = actor.human().filter(by -> by.ref().equals(e.person().ref())).isPresent();
    if (e.role() == Role.COMMANDER && (!self || e.before().isPresent())) {
      reactions.add(new Reaction.BriefCommander(e.person()));
    }
    if (e.role() == Role.COMMANDER && actor.human().isPresent() && !early) {
      reactions.add(new Reaction.AcknowledgeEscalation("command taken by " + e.person().name()));
    }
    return reactions;
  }

  private static String capital(Role role) {
    return role.name().charAt(0) + role.word().substring(1);
  }

  private static List<Reaction> toStatus(IncidentEvent.StatusChanged e) {
    Reaction refresh = new Reaction.RefreshCards();
    Reaction summary = new Reaction.PostSummary("status changed to " + e.to().word());
    if (e.to() == IncidentStatus.INVESTIGATING) {
      return List.of(new Reaction.Unarchive(), refresh, summary, new Reaction.PlanSummaries());
    }
    if (e.to() == IncidentStatus.CLOSED) {
      return List.of(
          refresh,
          new Reaction.StopTimers(),
          new Reaction.StopEscalation(),
          summary,
          new Reaction.DraftPostmortem(),
          new Reaction.PlanArchive());
    }
    if (e.to() == IncidentStatus.RESOLVED) {
      return List.of(refresh, new Reaction.StopTimers(), new Reaction.StopEscalation(), summary);
    }
    return List.of(refresh, summary);
  }

  private static String because(String reason) {
    return reason.isBlank() ? "." : " – " + reason;
  }
}
