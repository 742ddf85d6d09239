// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentCommand;
import dev.muster.incident.Milestone;
import dev.muster.incident.Verdict;
import dev.muster.oncall.Asking;
import dev.muster.oncall.Escalation;
import dev.muster.oncall.EscalationPolicy;
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
  private final HelpCalls calls;

  Escalations(Tokens tokens) {
    this.words = new EscalationWords(tokens);
    this.summons = new Summons(words);
    this.calls = new HelpCalls(words, summons);
  }

  /** Returns how help is asked for by hand. */
  HelpCalls calls() {
    return calls;
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

  /** Keeps an escalation as it is now, with the timer of its next level. */
  static void save(Moment moment, Escalation escalation) {
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
    if (HelpCalls.isOver(exchange, incident)) {
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
      calls.askEverybody(exchange, incident, reason);
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
          List<Person> asked = ask(moment, incident, asking, exchange.actor(), reason);
          exchange.tell(
              asked.isEmpty()
                  ? "Nobody was reachable. Ask somebody by name: /incident escalate @li"
                  : "Asked " + EscalationWords.names(asked) + ".");
          return null;
        },
        rejection -> {
          exchange.refuse(rejection);
          return null;
        });
  }

  /**
   * Asks these levels; where nobody is behind them any more, the next ones. Returns who was asked.
   */
  private List<Person> ask(
      Moment moment, Incident incident, Asking first, Actor actor, String reason) {
    Asking asking = first;
    Callees callees = Callees.of(moment, incident, asking.targets());
    List<Callees.Absent> absent = new ArrayList<>(callees.absent());
    Optional<Asking> further = further(asking.after(), moment.now());
    while (callees.people().isEmpty() && further.isPresent()) {
      asking = further.get();
      callees = Callees.of(moment, incident, asking.targets());
      absent.addAll(callees.absent());
      further = further(asking.after(), moment.now());
    }
    save(moment, asking.after());
    if (!absent.isEmpty()) {
      Facts.bot(
          moment,
          incident.id(),
          EntryKind.EFFECT_FAILED,
          "Not asked: " + Callees.words(absent) + ".",
          Map.of("reason", "person_gone", "level", asking.lastLevel()));
    }
    if (callees.people().isEmpty()) {
      nobody(moment, incident, asking, absent);
    } else {
      ask(moment, incident, asking, callees.people(), absent, new Cause(actor, reason));
    }
    return callees.people();
  }

  /** Returns the next level after these, to be asked at once; empty when there is none. */
  private static Optional<Asking> further(Escalation escalation, Instant now) {
    return escalation.nextDue().isEmpty()
        ? Optional.empty()
        : escalation.askNow(now).match(Optional::of, rejection -> Optional.empty());
  }

  /** Who or what causes an asking, and why. */
  private record Cause(Actor actor, String reason) {}

  private void ask(
      Moment moment,
      Incident incident,
      Asking asking,
      List<Person> people,
      List<Callees.Absent> absent,
      Cause cause) {
    String text =
        EscalationWords.sentence(incident, asking, people, cause.reason())
            + (absent.isEmpty() ? "" : " Not asked: " + Callees.words(absent) + ".");
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(
                moment.now(),
                EntryKind.ESCALATION_STARTED,
                cause.actor(),
                "Asked " + EscalationWords.names(people) + ".")
            .because(cause.reason())
            .with(data(asking, people)));
    String level = String.valueOf(asking.lastLevel());
    String slot = "escalation/" + level;
    show(moment, incident, slot, words.message(moment, incident, level, text, people));
    summons.remember(moment, incident, level, people);
    people.forEach(person -> summons.directly(moment, incident, person, level, text));
  }

  private static Map<String, Object> data(Asking asking, List<Person> people) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("level", asking.lastLevel());
    data.put("people", people.stream().map(person -> person.ref().toString()).toList());
    data.put("policy", asking.after().policy().name());
    return data;
  }

  private static void nobody(
      Moment moment, Incident incident, Asking asking, List<Callees.Absent> absent) {
    String why =
        absent.isEmpty()
            ? Callees.nobodyBehind(asking.targets())
            : "not asked were " + Callees.words(absent) + ".";
    exhausted(moment, incident, why, data(asking, List.of()));
  }

  private static void exhausted(
      Moment moment, Incident incident, String why, Map<String, Object> data) {
    String text = "Nobody was reachable: " + why;
    Facts.bot(moment, incident.id(), EntryKind.ESCALATION_EXHAUSTED, text, data);
    String slot = "escalation/nobody/" + data.get("level");
    String ways = " Ask somebody by name: /incident escalate @li";
    show(moment, incident, slot, BotMessage.line(text + ways).withTone(Tone.URGENT));
  }

  /**
   * A person who was asked cannot be told: the timeline says so, and once nobody of a level can,
   * the next one is asked.
   */
  void unreached(Moment moment, Summons.Call call, UserRef who, String why) {
    Optional<Incident> found = moment.tx().incidents().find(call.incident());
    if (found.isEmpty()) {
      return;
    }
    Incident incident = found.get();
    String name = People.known(moment, who).name();
    String text = "Could not reach @" + name + ": " + EscalationWords.ended(why);
    Facts.bot(
        moment,
        incident.id(),
        EntryKind.EFFECT_FAILED,
        text,
        Map.of("reason", "person_unreachable", "people", List.of(who.toString())));
    String slot = "unreached/" + call.level() + "/" + who;
    show(moment, incident, slot, BotMessage.line(text).withTone(Tone.WARNING));
    boolean wasLast = summons.strike(moment, incident, call.level(), who);
    Optional<Escalation> running =
        active(moment, incident).filter(e -> call.level().equals("" + e.levelsAsked()));
    if (!wasLast || !incident.status().isOpen() || running.isEmpty()) {
      return;
    }
    Actor actor = new Actor.Schedule("escalation");
    further(running.get(), moment.now())
        .ifPresentOrElse(
            asking -> ask(moment, incident, asking, actor, "nobody before could be reached"),
            () ->
                exhausted(
                    moment,
                    incident,
                    "the last that was asked is @" + name + ". " + EscalationWords.ended(why),
                    Map.of("level", running.get().levelsAsked())));
  }

  private static void show(Moment moment, Incident incident, String slot, BotMessage message) {
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment).show(incident.id(), platform, slot, Priority.PAGING, message);
    }
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
            asking -> wouldAsk(moment, incident, asking),
            rejection -> "the last level once more, two minutes after it was asked");
  }

  /** Levels of which nobody can be reached are passed over, as when they are asked. */
  private static String wouldAsk(Moment moment, Incident incident, Asking asking) {
    List<Person> people = Callees.of(moment, incident, asking.targets()).people();
    return people.isEmpty()
        ? further(asking.after(), moment.now())
            .map(next -> wouldAsk(moment, incident, next))
            .orElse("the channel, because nobody on call can be reached")
        : EscalationWords.names(people);
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
    Summons.settleByHand(moment, incident, "No longer needed");
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
    boolean byHand = Summons.isAskedByHand(moment, incident);
    if (outcome.rejection().isPresent() && !asked && !byHand) {
      exchange.refuse(outcome.rejection().get());
      return;
    }
    if (asked) {
      acknowledged(moment, incident, exchange.actor(), "acknowledged");
    } else {
      writeAcknowledged(moment, incident, exchange.actor(), "acknowledged");
    }
    Summons.settleByHand(moment, incident, "Acknowledged by " + exchange.actor().name());
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
