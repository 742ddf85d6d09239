// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Person;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.List;
import java.util.Map;

/** Asks for help because a person wants it: the people they name, or everybody. */
final class HelpCalls {

  private final EscalationWords words;
  private final Summons summons;

  HelpCalls(EscalationWords words, Summons summons) {
    this.words = words;
    this.summons = summons;
  }

  /** Returns whether nobody is asked any more, and says so. */
  static boolean isOver(Exchange exchange, Incident incident) {
    if (!incident.status().isOpen()) {
      exchange.refuse(
          new Rejection(
              "not_open",
              incident.id() + " is " + incident.status().word() + "; nobody is asked.",
              "To work on it again: /incident reopen the errors are back"));
    }
    return !incident.status().isOpen();
  }

  /** Asks exactly the people that were named, whatever the policy says. */
  void askNamed(Exchange exchange, Incident incident, List<Person> people, String reason) {
    if (isOver(exchange, incident)) {
      return;
    }
    Moment moment = exchange.moment();
    String names = EscalationWords.names(people);
    String text =
        new Cards(incident).sentence()
            + " "
            + exchange.by().person().name()
            + " asks for "
            + names
            + (reason.isBlank() ? "." : ": " + reason);
    String level = "named/" + moment.now();
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(
                moment.now(),
                EntryKind.ESCALATION_STARTED,
                exchange.actor(),
                "Asked " + names + ".")
            .because(reason)
            .with(Map.of("people", people.stream().map(p -> p.ref().toString()).toList())));
    BotMessage message = words.message(moment, incident, level, text, people);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(incident.id(), platform, "escalation/" + level, Priority.PAGING, message);
    }
    people.forEach(person -> summons.directly(moment, incident, person, level, text));
    exchange.tell("Asked " + names + ".");
  }

  /** Asks everybody who can see the incident, where no policy says whom. */
  void askEverybody(Exchange exchange, Incident incident, String reason) {
    Moment moment = exchange.moment();
    String channel = moment.settings().announceChannel(exchange.by().person().ref().platform());
    String text =
        new Cards(incident).sentence()
            + " "
            + exchange.by().person().name()
            + " asks for more people"
            + (reason.isBlank() ? "." : ": " + reason);
    BotMessage message = words.message(moment, incident, "everybody", text, List.of());
    String slot = "escalation/everybody/" + moment.now();
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      if (incident.isPrivate()) {
        new Orders(moment).show(incident.id(), platform, slot, Priority.PAGING, message);
      } else {
        new Orders(moment).announce(incident.id(), platform, slot, "", message);
      }
    }
    String whom = incident.isPrivate() ? "the members" : "everybody in #" + channel;
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(
                moment.now(), EntryKind.ESCALATION_STARTED, exchange.actor(), "Asked " + whom + ".")
            .because(reason));
    exchange.tell(
        "Asked "
            + whom
            + ". No escalation policy covers "
            + incident.severity()
            + "; add one under oncall.policies and severities."
            + incident.severity()
            + ".policy.");
  }
}
