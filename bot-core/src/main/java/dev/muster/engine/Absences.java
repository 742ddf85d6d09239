// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.Role;
import java.util.Arrays;
import java.util.List;

/** Frees the hats of people who can no longer wear them, and asks who takes over. */
final class Absences {

  private final IncidentLifecycle lifecycle;
  private final CommandWatch watch;

  Absences(IncidentLifecycle lifecycle, CommandWatch watch) {
    this.lifecycle = lifecycle;
    this.watch = watch;
  }

  /** Remembers a person as they are now; whoever is gone gives up every role. */
  void changed(Moment moment, ChatEvent.PersonChanged event) {
    moment.tx().people().remember(event.who(), moment.now());
    Profile who = event.who();
    Identities.vouched(moment, who);
    if (who.active() && !who.external()) {
      return;
    }
    String why = who.active() ? "is a guest now" : "was deactivated";
    for (Incident incident : moment.tx().incidents().unclosedNaming(who.person().ref())) {
      vacate(moment, incident, who.person(), why);
      if (incident.isPrivate()) {
        Members.remove(moment, lifecycle, incident, who.person(), why);
      }
    }
  }

  private void vacate(Moment moment, Incident incident, Person person, String why) {
    List<IncidentEvent> released =
        Arrays.stream(Role.values())
            .filter(role -> wears(incident, role, person))
            .<IncidentEvent>map(role -> new IncidentEvent.RoleReleased(role, person))
            .toList();
    if (released.isEmpty()) {
      return;
    }
    boolean commanded = wears(incident, Role.COMMANDER, person);
    Incident after =
        lifecycle.record(moment, incident, released, new Actor.Bot(), person.name() + " " + why);
    if (commanded) {
      watch.vacated(moment, after, person, why);
    } else {
      askCommander(moment, after, person, why);
    }
  }

  private static boolean wears(Incident incident, Role role, Person person) {
    return incident.holder(role).filter(holder -> holder.ref().equals(person.ref())).isPresent();
  }

  private static void askCommander(Moment moment, Incident incident, Person person, String why) {
    incident
        .commander()
        .ifPresent(
            commander ->
                new Orders(moment)
                    .show(
                        new Target.Direct(commander.ref()),
                        "absent/" + incident.id() + "/" + person.ref(),
                        "",
                        Priority.PEOPLE,
                        BotMessage.line(
                                person.name()
                                    + " "
                                    + why
                                    + " and has no role in "
                                    + incident.id()
                                    + " any more. Give it to somebody: /incident role")
                            .withTone(Tone.WARNING)));
  }
}
