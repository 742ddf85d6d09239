// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.Role;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows what happens to incident channels: who comes and goes, and what becomes of them. */
final class Rooms {

  private static final String LEFT = "left the channel";

  private final IncidentLifecycle lifecycle;
  private final CommandWatch watch;

  Rooms(IncidentLifecycle lifecycle, CommandWatch watch) {
    this.lifecycle = lifecycle;
    this.watch = watch;
  }

  /** Makes a newcomer a member and tells them what they missed. */
  void joined(Moment moment, ChatEvent.MemberJoined event) {
    Optional<Incident> found = moment.tx().incidents().livingIn(event.channel());
    if (found.isEmpty() || event.who().bot()) {
      return;
    }
    Incident incident = found.get();
    boolean wasMember = incident.members().contains(event.who().person().ref());
    Profile who = Acquaintance.known(moment, event.who());
    if (!wasMember && incident.isPrivate()) {
      RoomWatch.stranger(moment, incident, event.channel(), who);
    } else if (!wasMember && who.external()) {
      outsider(moment, incident, event);
    } else if (!wasMember) {
      Facts.write(
          moment,
          incident,
          new IncidentEvent.MemberAdded(event.who().person()),
          new Actor.Human(event.who().person()),
          "joined the channel");
      HomeDesk.changedFor(moment, event.who().person().ref());
    }
    if (!incident.isPrivate() || !who.external()) {
      CatchUp.joined(moment, incident, event, wasMember);
    }
  }

  /** A guest in the channel reads along and belongs to nothing. */
  private static void outsider(Moment moment, Incident incident, ChatEvent.MemberJoined event) {
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(
                event.at(),
                EntryKind.CHANNEL_CHANGED,
                new Actor.Human(event.who().person()),
                event.who().person().name()
                    + ", a guest or somebody of another organisation, came into the channel.")
            .with(Map.of("user", event.who().person().ref().toString(), "to", "outsider")));
  }

  /** Notes that somebody left; says so when it was the commander. */
  void left(Moment moment, ChatEvent.MemberLeft event) {
    moment
        .tx()
        .incidents()
        .livingIn(event.channel())
        .ifPresent(incident -> left(moment, incident, event));
  }

  /** Whoever is out of a private incident's channel, of their own will or not, is out of it. */
  private void left(Moment moment, Incident incident, ChatEvent.MemberLeft event) {
    Person who = event.who().person();
    Set<UserRef> selves = Identities.of(moment.tx(), who.ref());
    Optional<Person> command = incident.commander().filter(now -> selves.contains(now.ref()));
    if (incident.isPrivate() && incident.members().contains(who.ref())) {
      Members.remove(moment, lifecycle, incident, who, LEFT);
    } else {
      Facts.append(
          moment,
          incident.id(),
          NewEntry.of(
                  event.at(),
                  EntryKind.MEMBER_REMOVED,
                  new Actor.Human(who),
                  who.name() + " left the channel.")
              .with(Map.of("user", who.ref().toString())));
    }
    if (incident.status().isOpen() && !staysElsewhere(moment, incident, who)) {
      command.ifPresent(commander -> vacate(moment, incident, commander));
    }
  }

  /** Somebody may leave one of an incident's channels and stay in another one. */
  private static boolean staysElsewhere(Moment moment, Incident incident, Person who) {
    return Identities.of(moment.tx(), who.ref()).stream()
        .filter(other -> !other.equals(who.ref()) && incident.members().contains(other))
        .anyMatch(other -> incident.spaceOn(other.platform()).isPresent());
  }

  /** Command that nobody exercises is vacant, so that the next person can take it. */
  private void vacate(Moment moment, Incident incident, Person person) {
    Incident after =
        lifecycle.record(
            moment,
            Facts.fresh(moment, incident),
            List.of(new IncidentEvent.RoleReleased(Role.COMMANDER, person)),
            new Actor.Bot(),
            LEFT);
    watch.vacated(moment, after, person, LEFT);
  }
}
