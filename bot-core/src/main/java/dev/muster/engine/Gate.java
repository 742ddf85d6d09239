// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.access.AccessDecision;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.command.Requirement;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the access policy; a policy that breaks denies. Every denial is written down. */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /**
   * Returns why this person may not; empty when they may. Who they are is what their platform says
   * of them, not what their act alone shows: that tells neither guests nor the deactivated.
   */
  Optional<Rejection> refusal(
      Moment moment, Profile who, Requirement needed, Optional<Incident> incident, String what) {
    Profile known = Acquaintance.known(moment, who);
    Optional<Rejection> rejection =
        decide(moment, known, needed, incident).match(Optional::empty, Optional::of);
    rejection.ifPresent(denied -> write(moment, known, incident, what, denied));
    return rejection;
  }

  private static AccessDecision decide(
      Moment moment, Profile who, Requirement needed, Optional<Incident> incident) {
    try {
      return moment
          .settings()
          .access()
          .decide(Optional.of(who), selves(moment, who), needed, incident);
    } catch (RuntimeException e) {
      LOG.error("access_policy_broke", e);
      return new AccessDecision.Denied(
          new Rejection(
              "policy_broken", "The access rules could not be read, so nothing is allowed.", ""));
    }
  }

  private static Set<UserRef> selves(Moment moment, Profile who) {
    return Identities.of(moment.tx(), who.person().ref());
  }

  /** Returns whether this person may approve what somebody else asked for. */
  boolean mayApprove(Exchange exchange, Incident incident) {
    return refusal(
            exchange.moment(),
            exchange.by(),
            Requirement.APPROVER,
            Optional.of(incident),
            Press.APPROVE)
        .isEmpty();
  }

  private static void write(
      Moment moment, Profile who, Optional<Incident> incident, String what, Rejection denied) {
    NewEntry entry =
        NewEntry.of(
                moment.now(),
                EntryKind.ACCESS_DENIED,
                new Actor.Human(who.person()),
                who.person().name() + " was refused: " + what + ".")
            .because(denied.reason())
            .with(Map.of("what", what));
    boolean visible =
        incident.filter(i -> i.visibleTo(Optional.of(who.person().ref()))).isPresent();
    if (visible) {
      Facts.append(moment, incident.get().id(), entry);
    } else {
      Facts.journal(moment, entry);
    }
  }
}
