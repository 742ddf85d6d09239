// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Incident;
import dev.muster.incident.Role;
import java.util.Optional;
import java.util.Set;

/**
 * Who may carry out an intent, given the incident as it is. The table names the ordinary case; here
 * are the cases that depend on what exactly is asked. Buttons that lead to an intent are judged by
 * the same rules.
 */
public final class Requirements {

  private Requirements() {}

  /**
   * Returns who may do this.
   *
   * @param intent what is asked
   * @param spec its verb
   * @param actor who asks
   * @param incident what it is about; empty for verbs about none
   */
  public static Requirement of(
      Intent intent, CommandSpec spec, UserRef actor, Optional<Incident> incident) {
    return of(intent, spec, Set.of(actor), incident);
  }

  /**
   * Returns who may do this.
   *
   * @param intent what is asked
   * @param spec its verb
   * @param actor who asks, with every identity
   * @param incident what it is about; empty for verbs about none
   */
  public static Requirement of(
      Intent intent, CommandSpec spec, Set<UserRef> actor, Optional<Incident> incident) {
    if (isReading(intent)) {
      return Requirement.EVERYBODY;
    }
    if (intent instanceof Intent.ShowStatus) {
      return Requirement.RESPONDER;
    }
    return incident.map(about -> within(intent, spec, actor, about)).orElse(spec.who());
  }

  private static boolean isReading(Intent intent) {
    return intent instanceof Intent.ShowRoles
        || intent instanceof Intent.ShowTimeline
        || intent instanceof Intent.ShowPostmortem
        || intent instanceof Outward.ShowCall
        || intent instanceof TaskIntent.ListTasks
        || intent instanceof Intent.ShowStatus status && !status.publicly();
  }

  private static Requirement within(
      Intent intent, CommandSpec spec, Set<UserRef> actor, Incident incident) {
    if (intent instanceof Intent.ChangeSeverity change) {
      boolean lowers = incident.severity().isWorseThan(change.to());
      return lowers ? Requirement.COMMANDER : Requirement.RESPONDER;
    }
    if (intent instanceof PaperIntent.DraftPostmortem
        || intent instanceof PaperIntent.PublishPostmortem) {
      return Requirement.COMMANDER_OR_AUTHOR;
    }
    if (intent instanceof Intent.AssignRole assign) {
      return assigning(assign, actor, incident);
    }
    if (intent instanceof Intent.ReleaseRole release) {
      boolean own = holds(incident, release.role(), actor);
      return own ? Requirement.RESPONDER : Requirement.COMMANDER;
    }
    boolean letsIn = intent instanceof Intent.Invite || intent instanceof Outward.OpenSpace;
    return letsIn && incident.isPrivate() ? Requirement.COMMANDER : spec.who();
  }

  /** A vacant hat may be claimed by whoever works on incidents. */
  private static Requirement assigning(
      Intent.AssignRole assign, Set<UserRef> actor, Incident incident) {
    boolean self =
        assign.person().match(() -> true, who -> actor.contains(who.ref()), n -> false, e -> false);
    boolean vacant = incident.holder(assign.role()).isEmpty();
    return self && vacant ? Requirement.RESPONDER : Requirement.COMMANDER;
  }

  private static boolean holds(Incident incident, Role role, Set<UserRef> actor) {
    return incident.holder(role).map(Person::ref).filter(actor::contains).isPresent();
  }
}
