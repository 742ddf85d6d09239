// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Person;
import dev.muster.chat.UtcText;
import dev.muster.chat.spi.Elapsed;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.oncall.Escalation;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for help because a person wants it: the people they name, or everybody. */
final class HelpCalls {

  /** The beginning of the note when everybody was asked. */
  static final String EVERYBODY = "everybody-asked/";

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
    String names = EscalationWords.names(people);
    ask(exchange, incident, people, reason, says(exchange, incident, "asks for " + names, reason));
    exchange.tell("Asked " + names + ".");
  }

  private static String says(Exchange exchange, Incident incident, String wish, String reason) {
    return new Cards(incident).sentence()
        + " "
        + exchange.by().person().name()
        + " "
        + wish
        + (reason.isBlank() ? "." : ": " + reason);
  }

  /** Has those of the people come who were not asked just now; names them, and who was not. */
  void page(Exchange exchange, Incident incident, Callees callees, String message) {
    Moment moment = exchange.moment();
    List<Callees.Absent> not = new ArrayList<>(callees.absent());
    List<Person> people = new ArrayList<>();
    for (Person person : callees.people()) {
      Summons.justAsked(moment, incident, person)
          .ifPresentOrElse(
              at -> not.add(new Callees.Absent(person, "asked at " + UtcText.clock(at))),
              () -> people.add(person));
    }
    String left = not.isEmpty() ? "" : " Not asked: " + Callees.words(not) + ".";
    if (people.isEmpty()) {
      boolean soon = !callees.people().isEmpty();
      exchange.refuse(
          new Rejection(
              soon ? "just_asked" : "nobody",
              "Nobody was asked." + left,
              soon
                  ? "Wait two minutes before asking again, or ask somebody else."
                  : "Ask somebody by name, for example: /incident page @li"));
      return;
    }
    String names = EscalationWords.names(people);
    String words = People.readable(moment, message);
    String quoted = words.isBlank() ? "" : "“" + words + "”.";
    String text =
        says(exchange, incident, "asks " + names + " to come", quoted)
            + left
            + " Press Acknowledge, or /incident ack "
            + incident.id()
            + ".";
    ask(exchange, incident, people, words, text);
    exchange.tell("Asked " + names + "." + left);
  }

  /** Asks in the channel and each person privately, until somebody acknowledges. */
  private void ask(
      Exchange exchange, Incident incident, List<Person> people, String reason, String text) {
    Moment moment = exchange.moment();
    String level = Summons.BY_HAND + moment.now();
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(
                moment.now(),
                EntryKind.ESCALATION_STARTED,
                exchange.actor(),
                "Asked " + EscalationWords.names(people) + ".")
            .because(reason)
            .with(Map.of("people", people.stream().map(p -> p.ref().toString()).toList())));
    BotMessage message = words.message(moment, incident, level, text, people);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(incident.id(), platform, "escalation/" + level, Priority.PAGING, message);
    }
    people.forEach(person -> summons.directly(moment, incident, person, level, text));
    Summons.begin(moment, incident, level, people);
  }

  /** Returns whether everybody was asked just now, and says so. */
  private static boolean isEverybodyAsked(Exchange exchange, Incident incident) {
    Moment moment = exchange.moment();
    Optional<Instant> before =
        moment
            .tx()
            .note(EVERYBODY + incident.id())
            .map(Instant::parse)
            .filter(at -> !Elapsed.isOver(at, Escalation.REPEAT_PAUSE, moment.now()));
    if (before.isPresent()) {
      exchange.refuse(
          new Rejection(
              "just_asked",
              "Everybody was asked at " + UtcText.clock(before.get()) + " already.",
              "Wait two minutes before asking again, or ask somebody by name: /incident escalate"
                  + " @li"));
    }
    return before.isPresent();
  }

  /** Asks everybody who can see the incident, where no policy says whom. */
  void askEverybody(Exchange exchange, Incident incident, String reason) {
    Moment moment = exchange.moment();
    if (isEverybodyAsked(exchange, incident)) {
      return;
    }
    moment.tx().keepNote(EVERYBODY + incident.id(), moment.now().toString());
    String channel = moment.settings().announceChannel(exchange.by().person().ref().platform());
    String text = says(exchange, incident, "asks for more people", reason);
    BotMessage message = words.message(moment, incident, "everybody", text, List.of());
    String slot = "escalation/everybody/" + moment.now();
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      if (incident.isPrivate()) {
        new Orders(moment).show(incident.id(), platform, slot, Priority.PAGING, message);
      } else {
        String named = incident.id() + "/" + slot;
        new Orders(moment).announce(incident.id(), platform, named, "", message);
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
