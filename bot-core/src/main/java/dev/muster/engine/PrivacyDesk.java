// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.chat.spi.Capability;
import dev.muster.command.Outward;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentCommand;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.Rejection;
import dev.muster.store.AlertRecord;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes incidents private and public again. What follows is told first, to the person who asks
 * alone; only who was told within the last ten minutes can confirm.
 */
final class PrivacyDesk {

  private static final Duration STANDS = Duration.ofMinutes(10);
  private static final int MOST_NAMES = 12;
  private static final int MOST_COUNTED = 10_000;

  private final Platforms platforms;
  private final IncidentLifecycle lifecycle;
  private final Tokens tokens;

  PrivacyDesk(Platforms platforms, IncidentLifecycle lifecycle, Tokens tokens) {
    this.platforms = platforms;
    this.lifecycle = lifecycle;
    this.tokens = tokens;
  }

  /** Asks back the first time, and does it when the same person confirms the same. */
  void change(Exchange exchange, Incident incident, Outward.ChangeVisibility wish) {
    People.FoundAll named = People.findAll(exchange, wish.people());
    if (named.rejection().isPresent()) {
      exchange.refuse(named.rejection().get());
      return;
    }
    IncidentCommand.ChangeVisibility command =
        command(exchange, incident, wish.toPrivate(), named.people());
    IncidentDecisions.decide(incident, command, exchange.moment().now())
        .match(
            events -> {
              decided(exchange, incident, new Wanted(command, named.people(), events), wish);
              return null;
            },
            refusal -> {
              exchange.refuse(refusal);
              return null;
            });
  }

  /** What was asked for and what it leads to. */
  private record Wanted(
      IncidentCommand.ChangeVisibility command, List<Person> named, List<IncidentEvent> events) {

    boolean toPrivate() {
      return command.toPrivate();
    }

    String word() {
      return PrivacyDesk.word(toPrivate());
    }

    /** Returns the people who were named, as a command names them. */
    String people() {
      return named.stream()
          .map(person -> "<@" + person.ref() + "> ")
          .sorted()
          .collect(Collectors.joining());
    }
  }

  private void decided(
      Exchange exchange, Incident incident, Wanted change, Outward.ChangeVisibility wish) {
    Optional<Rejection> impossible =
        change.toPrivate() ? withoutRoom(exchange, incident) : Optional.empty();
    if (impossible.isPresent()) {
      exchange.refuse(impossible.get());
    } else if (wish.confirmed() && wasTold(exchange, incident, change)) {
      turn(exchange, incident, change.events(), change.toPrivate());
    } else {
      ask(exchange, incident, change);
    }
  }

  /** Whoever leads it belongs to it; guests and the deactivated never belong to a private one. */
  private static IncidentCommand.ChangeVisibility command(
      Exchange exchange, Incident incident, boolean toPrivate, List<Person> named) {
    Set<Person> in = new LinkedHashSet<>(incident.roles().values());
    in.add(exchange.by().person());
    in.addAll(named);
    List<Person> out =
        incident.members().stream()
            .filter(
                member ->
                    !named.isEmpty() || !Entrance.mayEnter(exchange.moment().tx().people(), member))
            .filter(member -> in.stream().noneMatch(person -> person.ref().equals(member)))
            .map(member -> People.known(exchange.moment(), member))
            .toList();
    return new IncidentCommand.ChangeVisibility(toPrivate, List.copyOf(in), out);
  }

  /** A private incident lives in channels that only members see, or nowhere. */
  private Optional<Rejection> withoutRoom(Exchange exchange, Incident incident) {
    return ReactionDesk.platformsOf(exchange.moment(), incident).stream()
        .filter(
            name ->
                platforms
                    .find(name)
                    .filter(p -> !p.capabilities().contains(Capability.PRIVATE_CHANNELS))
                    .isPresent())
        .findFirst()
        .map(
            name ->
                new Rejection(
                    "no_private_channels",
                    "Muster may open no private channel on "
                        + name
                        + ", so "
                        + incident.id()
                        + " stays as it is.",
                    "An operator can allow it; muster doctor says how."));
  }

  private static String toldNote(Exchange exchange, Incident incident) {
    return "visibility-told/" + incident.id() + "/" + exchange.by().person().ref();
  }

  private static String word(boolean toPrivate) {
    return toPrivate ? "private" : "public";
  }

  private static boolean wasTold(Exchange exchange, Incident incident, Wanted change) {
    Moment moment = exchange.moment();
    return moment
        .tx()
        .note(toldNote(exchange, incident))
        .map(note -> note.split(" ", 3))
        .filter(note -> note.length == 3 && note[0].equals(change.word()))
        .filter(note -> !Instant.parse(note[1]).plus(STANDS).isBefore(moment.now()))
        .filter(note -> note[2].equals(change.people()))
        .isPresent();
  }

  private void ask(Exchange exchange, Incident incident, Wanted change) {
    Moment moment = exchange.moment();
    String word = change.word();
    moment
        .tx()
        .keepNote(toldNote(exchange, incident), word + " " + moment.now() + " " + change.people());
    String title = "Make " + incident.id() + " " + word + "?";
    String what =
        change.toPrivate()
            ? privately(exchange, incident, change.command())
            : publicly(moment, incident);
    String confirm = word + " " + incident.id() + " " + change.people() + "confirm";
    String typed = People.readable(moment, confirm);
    exchange.tell(
        BotMessage.card(what + " To do it, within ten minutes: /incident " + typed, title)
            .withButtons(
                List.of(
                    new Offers(tokens)
                        .command(exchange, "Make " + incident.id() + " " + word, confirm)))
            .withTone(Tone.WARNING));
  }

  private static String privately(
      Exchange exchange, Incident incident, IncidentCommand.ChangeVisibility command) {
    Moment moment = exchange.moment();
    Set<UserRef> members = new HashSet<>(incident.members());
    command.in().forEach(person -> members.add(person.ref()));
    command.out().forEach(person -> members.remove(person.ref()));
    return "Only "
        + names(moment, members)
        + " will see "
        + incident.id()
        + ". It moves into a new private channel; the one it has gets a neutral name and is"
        + " closed. Muster takes back what it posted about it in public. What people wrote in"
        + " public stays, and whoever read it has read it."
        + new MergedTraces(moment, incident).staying(exchange.by().person().ref())
        + comingIn(moment, incident);
  }

  /** Whoever is asked for help sees what it is about. */
  private static String comingIn(Moment moment, Incident incident) {
    String id = incident.id().toString();
    return moment.tx().timers().find(TimerKinds.ESCALATION, id).isPresent()
        ? " Whoever the escalation asks next comes in as well. To end it first: /incident ack " + id
        : "";
  }

  private static String publicly(Moment moment, Incident incident) {
    Stream stream = Stream.of(incident.id());
    int messages =
        moment
            .tx()
            .timeline()
            .read(stream, 0, MOST_COUNTED, Set.of(EntryKind.MESSAGE_LOGGED))
            .size();
    return "Everybody will be able to read all of "
        + incident.id()
        + ": the title “"
        + incident.title()
        + "”, the impact, all "
        + moment.tx().timeline().lastSeq(stream)
        + " entries of its timeline with "
        + messages
        + (messages == 1 ? " message" : " messages")
        + " of people, the names of files, and that it was worked on by "
        + names(moment, incident.members())
        + "."
        + new MergedTraces(moment, incident).exposed()
        + " It is announced and moves into a new channel open to everybody; the private one is"
        + " closed, and its members can still read it. What was read once cannot be taken back.";
  }

  private static String names(Moment moment, Set<UserRef> members) {
    List<String> names =
        List.copyOf(
            new TreeSet<>(members.stream().map(m -> People.known(moment, m).name()).toList()));
    String listed = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    String count = members.size() == 1 ? "one member (" : members.size() + " members (";
    return count + listed + (names.size() > MOST_NAMES ? " and others)" : ")");
  }

  private void turn(
      Exchange exchange, Incident before, List<IncidentEvent> events, boolean toPrivate) {
    Moment moment = exchange.moment();
    moment.tx().keepNote(toldNote(exchange, before), "");
    Withdrawal withdrawal = new Withdrawal(moment, before, toPrivate);
    withdrawal.takeDown();
    if (toPrivate) {
      SpaceDesk.narrow(moment, before, events);
    }
    Incident after = lifecycle.record(moment, before, events, exchange.actor(), "");
    withdrawal.leave();
    moveIn(exchange, after);
    if (toPrivate) {
      Subscriptions.leaveToMembers(moment, after);
    }
    AlertAnswers answers = new AlertAnswers(new AlertCards(tokens));
    moment.tx().alerts().of(after.id()).stream()
        .map(AlertRecord::id)
        .forEach(alert -> answers.refreshNow(moment, alert));
    exchange.tell(
        toPrivate
            ? after.id() + " is private now. Its members are brought into a private channel."
            : after.id() + " is public now. Everybody can read it and join.");
  }

  /** Everybody who belongs in is brought in; what waits for somebody is shown there again. */
  private void moveIn(Exchange exchange, Incident incident) {
    Moment moment = exchange.moment();
    String who = incident.isPrivate() ? "Only its members see it." : "Everybody can read it.";
    BotMessage line =
        BotMessage.line(
            incident.id()
                + " is "
                + word(incident.isPrivate())
                + " since "
                + UtcText.clock(moment.now())
                + ", by "
                + exchange.by().person().name()
                + ". "
                + who);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      SpaceDesk.letIn(moment, incident, platform);
      String slot = "visibility/" + incident.version();
      new Orders(moment).show(incident.id(), platform, slot, Priority.CARDS, line);
    }
    SpaceDesk.showWaiting(moment, lifecycle, tokens, incident);
  }
}
