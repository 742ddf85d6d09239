// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentEvent.MemberRemoved;
import dev.muster.incident.IncidentEvent.RoleReleased;
import dev.muster.incident.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes people out of private incidents: from then on nothing of them is shown to them. */
final class Members {

  private Members() {}

  /**
   * Takes somebody out; the hats they wore are free, but for the commander's, which is freed by
   * whoever sees that nobody is in command. Whoever was no member is left alone. Under another
   * identity they stay only where the incident has a channel that they did not leave.
   */
  static void remove(
      Moment moment, IncidentLifecycle lifecycle, Incident before, Person person, String why) {
    removeOne(moment, lifecycle, before, person, why);
    Identities.of(moment.tx(), person.ref()).stream()
        .filter(other -> !other.equals(person.ref()))
        .filter(other -> before.spaceOn(other.platform()).isEmpty())
        .map(other -> People.known(moment, other))
        .forEach(other -> removeOne(moment, lifecycle, before, other, why));
  }

  private static void removeOne(
      Moment moment, IncidentLifecycle lifecycle, Incident before, Person person, String why) {
    Incident incident = Facts.fresh(moment, before);
    if (!incident.members().contains(person.ref())) {
      return;
    }
    List<IncidentEvent> out = new ArrayList<>();
    Arrays.stream(Role.values())
        .filter(role -> role != Role.COMMANDER)
        .filter(
            role -> incident.holder(role).map(Person::ref).filter(person.ref()::equals).isPresent())
        .forEach(role -> out.add(new RoleReleased(role, person)));
    out.add(new MemberRemoved(person));
    lifecycle.record(moment, incident, out, new Actor.Bot(), why);
    HomeDesk.changedFor(moment, person.ref());
  }
}
