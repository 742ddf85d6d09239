// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.About;
import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.chat.spi.Elapsed;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentId;
import dev.muster.oncall.Escalation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reaches the people an escalation asks, and takes the asking back when it is settled. */
final class Summons {

  /** What the level of a call by name begins with. */
  static final String BY_HAND = "named/";

  private static final String PRIVATELY = "escalation/";

  private final EscalationWords words;

  Summons(EscalationWords words) {
    this.words = words;
  }

  /** Asks one person privately, and brings them into the channel. */
  void directly(Moment moment, Incident incident, Person person, String level, String text) {
    letIn(moment, incident, person);
    String all = text + where(moment, incident, person);
    ask(
        moment,
        incident,
        person,
        directSlot(incident, level),
        words.message(moment, incident, level, all, List.of(person)));
    HomeCalls.begin(moment, incident, person.ref(), level.startsWith(BY_HAND));
  }

  /** Whoever is asked where the incident has no channel learns where it goes on. */
  private static String where(Moment moment, Incident incident, Person person) {
    return hasChannel(moment, incident, person)
        ? ""
        : " It has no channel here and goes on at its page: " + page(moment, incident);
  }

  /** Asks somebody privately; whoever may not read of the incident by then is not told. */
  static void ask(
      Moment moment, Incident incident, Person person, String slot, BotMessage message) {
    BotMessage about =
        message.withAbout(new About(incident.id().toString(), page(moment, incident)));
    new Orders(moment).show(new Target.Direct(person.ref()), slot, "", Priority.PAGING, about);
  }

  private static String page(Moment moment, Incident incident) {
    return moment.settings().publicUrl() + "/incidents/" + incident.id();
  }

  private static boolean hasChannel(Moment moment, Incident incident, Person person) {
    return ReactionDesk.platformsOf(moment, incident).contains(person.ref().platform());
  }

  /**
   * Makes somebody who is asked a member, and brings them into the channel. What only members may
   * read is told to nobody before they are one, wherever they are.
   */
  static void letIn(Moment moment, Incident incident, Person person) {
    Incident now = Facts.fresh(moment, incident);
    boolean here = hasChannel(moment, incident, person);
    boolean comesIn =
        here || incident.isPrivate() && Entrance.mayEnter(moment.tx().people(), person.ref());
    if (comesIn && !now.members().contains(person.ref())) {
      Facts.write(
          moment,
          now,
          new IncidentEvent.MemberAdded(person),
          new Actor.Schedule("escalation"),
          "asked to help");
    }
    if (here) {
      new Orders(moment).invite(incident.id(), person.ref().platform(), List.of(person));
    }
  }

  static String directSlot(Incident incident, String level) {
    return PRIVATELY + incident.id() + "/" + level;
  }

  /**
   * What a person is asked privately.
   *
   * @param incident for which incident
   * @param level as part of what: a level of the policy, or a call by hand
   */
  record Call(IncidentId incident, String level) {}

  /** Returns what somebody is asked in a private message of this slot; empty when nothing. */
  static Optional<Call> call(String slot) {
    if (!slot.startsWith(PRIVATELY)) {
      return Optional.empty();
    }
    String[] parts = slot.substring(PRIVATELY.length()).split("/", 2);
    return parts.length < 2
        ? Optional.empty()
        : IncidentId.parse(parts[0]).map(id -> new Call(id, parts[1]));
  }

  /** Remembers whom a level asks, to know when nobody of them can be told. */
  void remember(Moment moment, Incident incident, String level, List<Person> people) {
    String refs = people.stream().map(p -> p.ref().toString()).collect(Collectors.joining("\n"));
    moment.tx().keepNote(askedNote(incident, level), refs);
  }

  /** Strikes out a person who cannot be told; returns whether they were the last of their level. */
  boolean strike(Moment moment, Incident incident, String level, UserRef who) {
    Optional<String> asked = moment.tx().note(askedNote(incident, level)).filter(s -> !s.isEmpty());
    String left =
        asked.stream()
            .flatMap(String::lines)
            .filter(ref -> !ref.equals(who.toString()))
            .collect(Collectors.joining("\n"));
    moment.tx().keepNote(askedNote(incident, level), left);
    return asked.isPresent() && left.isEmpty();
  }

  private static String askedNote(Incident incident, String level) {
    return "asked/" + incident.id() + "/" + level;
  }

  /** Says on every asking message how it was settled; its button goes. */
  static void settle(Moment moment, Incident incident, Escalation ended, String how) {
    BotMessage settled = settled(moment, incident, how);
    HomeCalls.settle(moment, incident, false);
    for (int level = 1; level <= ended.levelsAsked(); level++) {
      for (String platform : ReactionDesk.platformsOf(moment, incident)) {
        String slot = "escalation/" + level;
        String target = EffectCarrier.slotKey(new Target.InIncident(incident.id(), platform));
        boolean posted = moment.tx().slots().find(target, slot).isPresent();
        if (posted) {
          new Orders(moment).show(incident.id(), platform, slot, Priority.PAGING, settled);
        }
      }
    }
  }

  private static BotMessage settled(Moment moment, Incident incident, String how) {
    String text =
        how
            + " at "
            + UtcText.clock(moment.now())
            + ": "
            + incident.id()
            + " “"
            + incident.title()
            + "”.";
    return BotMessage.line(text).withTone(Tone.GOOD);
  }

  /** Remembers that people were asked by hand, until somebody acknowledges. */
  static void begin(Moment moment, Incident incident, String level, List<Person> people) {
    String before = moment.tx().note(byHand(incident)).map(text -> text + "\n").orElse("");
    moment.tx().keepNote(byHand(incident), (before + level).strip());
    people.forEach(p -> moment.tx().keepNote(lastAsked(incident, p), moment.now().toString()));
  }

  /** Returns whether somebody was asked by hand and nobody has acknowledged yet. */
  static boolean isAskedByHand(Moment moment, Incident incident) {
    return moment.tx().note(byHand(incident)).filter(asked -> !asked.isEmpty()).isPresent();
  }

  /** Returns when this person was asked by hand, if that is less than two minutes ago. */
  static Optional<Instant> justAsked(Moment moment, Incident incident, Person person) {
    return moment
        .tx()
        .note(lastAsked(incident, person))
        .map(Instant::parse)
        .filter(at -> !Elapsed.isOver(at, Escalation.REPEAT_PAUSE, moment.now()));
  }

  /**
   * Says on every message in the channel that asked by hand how it was settled; its button goes.
   */
  static void settleByHand(Moment moment, Incident incident, String how) {
    if (!isAskedByHand(moment, incident)) {
      return;
    }
    BotMessage settled = settled(moment, incident, how);
    List<String> slots =
        moment.tx().note(byHand(incident)).stream()
            .flatMap(String::lines)
            .distinct()
            .map(level -> PRIVATELY + level)
            .toList();
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      slots.forEach(
          slot -> new Orders(moment).show(incident.id(), platform, slot, Priority.PAGING, settled));
    }
    moment.tx().keepNote(byHand(incident), "");
    HomeCalls.settle(moment, incident, true);
  }

  private static String byHand(Incident incident) {
    return "asked-by-hand/" + incident.id();
  }

  private static String lastAsked(Incident incident, Person person) {
    return "last-asked/" + incident.id() + "/" + person.ref();
  }
}
