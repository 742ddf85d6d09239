// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

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
      return toSeverity(e, actor, reason);
    }
    if (event instanceof IncidentEvent.VisibilityChanged) {
      return List.of(new Reaction.OpenChannels(), new Reaction.RefreshCards());
    }
    if (event instanceof IncidentEvent.SpaceChanged) {
      return List.of(new Reaction.RefreshCards());
    }
    return toDetail(event, after, actor, reason);
  }

  private static List<Reaction> toDetail(
      IncidentEvent event, Incident after, Actor actor, String reason) {
    if (event instanceof IncidentEvent.RoleAssigned e) {
      return assigned(e, after, actor, reason);
    }
    if (event instanceof IncidentEvent.RoleReleased e) {
      List<Reaction> reactions = new ArrayList<>(told(Change.of(e, actor, reason)));
      reactions.add(new Reaction.WatchCommand());
      return reactions;
    }
    if (event instanceof IncidentEvent.FieldChanged e) {
      return told(Change.of(e, actor, reason));
    }
    if (event instanceof IncidentEvent.NextUpdateSet e && actor.human().isPresent()) {
      return told(Change.of(e, actor));
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

  private static List<Reaction> told(Change change) {
    return List.of(new Reaction.RefreshCards(), new Reaction.SayChange(change));
  }

  private static List<Reaction> toSeverity(
      IncidentEvent.SeverityChanged e, Actor actor, String reason) {
    List<Reaction> reactions = new ArrayList<>(told(Change.of(e, actor, reason)));
    reactions.add(new Reaction.PlanSummaries());
    if (e.to().isWorseThan(e.from())) {
      reactions.add(new Reaction.StartEscalation());
    }
    return reactions;
  }

  private static List<Reaction> assigned(
      IncidentEvent.RoleAssigned e, Incident after, Actor actor, String reason) {
    Reaction invite = new Reaction.Invite(List.of(e.person()));
    List<Reaction> reactions = new ArrayList<>(List.of(new Reaction.RefreshCards(), invite));
    boolean early = after.version() <= 2;
    if (!early) {
      reactions.add(new Reaction.SayChange(Change.of(e, actor, reason)));
    }
    if (e.role() == Role.COMMANDER) {
      reactions.add(new Reaction.WatchCommand());
    }
    boolean self = actor.human().filter(by -> by.ref().equals(e.person().ref())).isPresent();
    if (!self || !early) {
      reactions.add(new Reaction.Brief(e.role(), e.person()));
    }
    if (e.role() == Role.COMMANDER && actor.human().isPresent() && !early) {
      reactions.add(new Reaction.AcknowledgeEscalation("command taken by " + e.person().name()));
    }
    return reactions;
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
}
