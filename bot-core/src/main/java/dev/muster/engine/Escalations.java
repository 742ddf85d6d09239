// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Person;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentCommand;
import dev.muster.incident.Milestone;
import dev.muster.incident.Rejection;
import dev.muster.incident.Verdict;
import dev.muster.oncall.Asking;
import dev.muster.oncall.Escalation;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Roster;
import dev.muster.store.Timers.Timer;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks more and other people until somebody takes an incident on. */
final class Escalations {

  private final EscalationWords words;
  private final Summons summons;

  Escalations(Tokens tokens) {
    this.words = new EscalationWords(tokens);
    this.summons = new Summons(words);
  }

  /** Begins to ask, unless somebody has the incident already or is being asked. */
  void start(Moment moment, Incident incident) {
    Optional<EscalationPolicy> policy = moment.settings().policy(incident.severity());
    boolean taken = incident.reached(Milestone.ACKNOWLEDGED).isPresent();
    if (policy.isEmpty() || taken || active(moment, incident).isPresent()) {
      return;
    }
    Escalation begun =
        Escalation.start(
            incident.id(), patient(moment.settings(), incident, policy.get()), moment.now());
    save(moment, begun);
    fire(moment, incident);
  }

  /** No level after the first is asked before the severity's time to acknowledge has passed. */
  private static EscalationPolicy patient(
      Settings settings, Incident incident, EscalationPolicy policy) {
    Duration within = settings.rule(incident.severity()).ackWithin().orElse(Duration.ZERO);
    List<EscalationPolicy.Level> levels = new ArrayList<>();
    for (EscalationPolicy.Level level : policy.levels()) {
      boolean wait = !levels.isEmpty() && level.after().compareTo(within) < 0;
      levels.add(new EscalationPolicy.Level(level.targets(), wait ? within : level.after()));
    }
    return new EscalationPolicy(policy.name(), levels);
  }

  private static String key(Incident incident) {
    return incident.id().toString();
  }

  private static Optional<Escalation> active(Moment moment, Incident incident) {
    return moment.tx().all(Escalation.class).find(key(incident)).filter(Escalation::isActive);
  }

  private static void save(Moment moment, Escalation escalation) {
    String key = escalation.incident().toString();
    moment
        .tx()
        .all(Escalation.class)
        .save(key, escalation.incident(), escalation.isActive(), escalation);
    Optional<Instant> due = escalation.nextDue();
    if (due.isPresent()) {
      moment
          .tx()
          .timers()
          .set(TimerKinds.timer(TimerKinds.ESCALATION, escalation.incident(), due.get()));
    } else {
      moment.tx().timers().cancel(TimerKinds.ESCALATION, key);
    }
  }

  /** Asks every level that is due by now, together. */
  void fire(Moment moment, Incident incident) {
    active(moment, incident)
        .flatMap(escalation -> escalation.due(moment.now()))
        .ifPresent(asking -> ask(moment, incident, asking, new Actor.Schedule("escalation"), ""));
  }

  /** Asks the next level because a person wants it. */
  void escalate(Exchange exchange, Incident incident, String reason) {
    Moment moment = exchange.moment();
    if (isOver(exchange, incident)) {
      return;
    }
    Optional<EscalationPolicy> policy = moment.settings().policy(incident.severity());
    Optional<Escalation> before =
        moment
            .tx()
            .all(Escalation.class)
            .find(key(incident))
            .filter(e -> e.state() != Escalation.State.STOPPED);
    if (policy.isEmpty() && before.isEmpty()) {
      askEverybody(exchange, incident, reason);
      return;
    }
    Escalation from =
        before.orElseGet(
            () ->
                Escalation.start(
                    incident.id(),
                    patient(moment.settings(), incident, policy.get()),
                    moment.now()));
    Verdict<Asking> verdict = from.askNow(moment.now());
    verdict.match(
        asking -> {
          ask(moment, incident, asking, exchange.actor(), reason);
          exchange.tell("Asked " + EscalationWords.names(people(moment, incident, asking)) + ".");
          return null;
        },
        rejection -> {
          exchange.refuse(rejection);
          return null;
        });
  }

  private static boolean isOver(Exchange exchange, Incident incident) {
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

  private void askEverybody(Exchange exchange, Incident incident, String reason) {
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

  private void ask(Moment moment, Incident incident, Asking asking, Actor actor, String reason) {
    save(moment, asking.after());
    List<Person> people = people(moment, incident, asking);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("level", asking.lastLevel());
    data.put("people", people.stream().map(person -> person.ref().toString()).toList());
    data.put("policy", asking.after().policy().name());
    if (people.isEmpty()) {
      String text = "Nobody could be asked: " + asking.targets() + " names nobody now.";
      Facts.bot(moment, incident.id(), EntryKind.ESCALATION_EXHAUSTED, text, data);
      show(moment, incident, asking, BotMessage.line(text).withTone(Tone.URGENT));
      return;
    }
    String text = EscalationWords.sentence(incident, asking, people, reason);
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(
                moment.now(),
                EntryKind.ESCALATION_STARTED,
                actor,
                "Asked " + EscalationWords.names(people) + ".")
            .because(reason)
            .with(data));
    String level = String.valueOf(asking.lastLevel());
    show(moment, incident, asking, words.message(moment, incident, level, text, people));
    people.forEach(person -> summons.directly(moment, incident, person, level, text));
  }

  private void show(Moment moment, Incident incident, Asking asking, BotMessage message) {
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      String slot = "escalation/" + asking.lastLevel();
      new Orders(moment).show(incident.id(), platform, slot, Priority.PAGING, message);
    }
  }

  private static List<Person> people(Moment moment, Incident incident, Asking asking) {
    Roster roster = new Roster(moment.settings().schedules(), moment.settings().groups());
    List<Person> people = new ArrayList<>();
    for (String id : roster.find(asking.targets(), moment.now()).people()) {
      for (String platform : ReactionDesk.platformsOf(moment, incident)) {
        people.add(People.configured(moment, platform, id));
      }
    }
    return people.stream().distinct().toList();
  }

  /** Returns whom the next press of Escalate asks, for the button's question. */
  String wouldAsk(Moment moment, Incident incident) {
    return moment
        .tx()
        .all(Escalation.class)
        .find(key(incident))
        .filter(e -> e.state() != Escalation.State.STOPPED)
        .or(
            () ->
                moment
                    .settings()
                    .policy(incident.severity())
                    .map(policy -> Escalation.start(incident.id(), policy, moment.now())))
        .map(escalation -> wouldAsk(moment, incident, escalation))
        .orElse(incident.isPrivate() ? "the members" : "everybody where incidents are announced");
  }

  private static String wouldAsk(Moment moment, Incident incident, Escalation escalation) {
    return escalation
        .askNow(moment.now())
        .match(
            asking -> EscalationWords.names(people(moment, incident, asking)),
            rejection -> "the last level once more, two minutes after it was asked");
  }

  /** Somebody has it: nobody else is asked, and every asking message says who. */
  void acknowledged(Moment moment, Incident incident, Actor actor, String why) {
    active(moment, incident)
        .flatMap(
            escalation ->
                actor
                    .human()
                    .flatMap(
                        person ->
                            escalation
                                .acknowledge(person, moment.now())
                                .<Optional<Escalation>>match(Optional::of, r -> Optional.empty())))
        .ifPresent(
            ended -> {
              save(moment, ended);
              writeAcknowledged(moment, incident, actor, why);
              Summons.settle(moment, incident, ended, "Acknowledged by " + actor.name());
            });
  }

  /** There is nothing left to take on: nobody else is asked. */
  void stop(Moment moment, Incident incident) {
    active(moment, incident)
        .map(escalation -> escalation.stop(moment.now()))
        .ifPresent(
            ended -> {
              save(moment, ended);
              Summons.settle(moment, incident, ended, "No longer needed");
            });
  }

  private static void writeAcknowledged(Moment moment, Incident incident, Actor actor, String why) {
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(
                moment.now(),
                EntryKind.ESCALATION_ACKNOWLEDGED,
                actor,
                actor.name() + " has taken " + incident.id() + " on.")
            .because(why));
  }

  /** Takes the incident on; a second acknowledgement tells who was first. */
  void acknowledge(Exchange exchange, Incident incident, IncidentLifecycle lifecycle) {
    Moment moment = exchange.moment();
    boolean asked = active(moment, incident).isPresent();
    IncidentLifecycle.Outcome outcome =
        lifecycle.change(moment, incident, new IncidentCommand.Acknowledge(), exchange.actor(), "");
    if (outcome.rejection().isPresent() && !asked) {
      exchange.refuse(outcome.rejection().get());
      return;
    }
    if (asked) {
      acknowledged(moment, incident, exchange.actor(), "acknowledged");
    } else {
      writeAcknowledged(moment, incident, exchange.actor(), "acknowledged");
    }
    exchange.tell("You have taken " + incident.id() + " on. Nobody else is asked.");
  }

  /** Fires a timer that fell due. */
  void due(Moment moment, Timer timer) {
    timer
        .incident()
        .flatMap(id -> moment.tx().incidents().find(id))
        .filter(incident -> incident.status().isOpen())
        .ifPresent(incident -> fire(moment, incident));
  }
}
