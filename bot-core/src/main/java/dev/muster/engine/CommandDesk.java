// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.access.AccessPolicy;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.UserRef;
import dev.muster.command.CommandParser;
import dev.muster.command.CommandSpec;
import dev.muster.command.ParsedCommand;
import dev.muster.command.Requirement;
import dev.muster.command.Requirements;
import dev.muster.command.Scope;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.timeline.EntryKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes commands: reads them, finds their incident, asks whether the person may, carries out. */
final class CommandDesk {

  private final CommandParser parser = new CommandParser();
  private final Desks desks;

  CommandDesk(Desks desks) {
    this.desks = desks;
  }

  /** Handles a command as it was heard. */
  void handle(Moment moment, String platform, ChatEvent.CommandInvoked event) {
    Exchange exchange =
        new Exchange(
            moment,
            event.by(),
            event.place(),
            event.reply(),
            event.opening(),
            event.message(),
            event.at());
    if (event.by().bot()) {
      return;
    }
    Optional<Rejection> tooFast = RateGuard.refusal(moment, event.by().person().ref());
    if (tooFast.isPresent()) {
      exchange.refuse(tooFast.get());
      return;
    }
    parser
        .parse(platform, event.text())
        .match(
            understood -> {
              carryOut(exchange, event, understood);
              return null;
            },
            unclear -> {
              exchange.refuse(unclear.rejection());
              return null;
            });
  }

  private void carryOut(
      Exchange exchange, ChatEvent.CommandInvoked event, ParsedCommand.Understood command) {
    CommandSpec spec = command.spec();
    Optional<Incident> here =
        exchange.moment().tx().incidents().livingIn(exchange.place().channel());
    Optional<Incident> about = incident(exchange, command, here);
    if (command.scope() != Scope.NONE && about.isEmpty()) {
      exchange.refuse(whichIncident(exchange, command));
      return;
    }
    Optional<Rejection> refusal =
        desks
            .gate()
            .refusal(
                exchange.moment(),
                exchange.by(),
                requirement(exchange, command, about),
                command.scope() == Scope.NONE ? Optional.empty() : about,
                spec.verb());
    if (refusal.isPresent()) {
      exchange.refuse(refusal.get());
      return;
    }
    about
        .or(() -> here)
        .filter(incident -> incident.visibleTo(Optional.of(exchange.by().person().ref())))
        .ifPresent(incident -> log(exchange, incident, spec, event));
    command.intent().handle(new Verbs(exchange, about.or(() -> here), desks));
  }

  private static Requirement requirement(
      Exchange exchange, ParsedCommand.Understood command, Optional<Incident> about) {
    return Requirements.of(command.intent(), command.spec(), exchange.by().person().ref(), about);
  }

  private static void log(
      Exchange exchange, Incident incident, CommandSpec spec, ChatEvent.CommandInvoked event) {
    exchange.write(
        incident.id(),
        exchange
            .fact(EntryKind.COMMAND_RUN, "/incident " + withoutPrefix(event.text()))
            .about(event.message().map(message -> message.id()).orElse(""))
            .with(Map.of("verb", spec.verb())));
  }

  private static String withoutPrefix(String text) {
    return text.strip().replaceFirst("^/?(?i:incident)\\s+", "");
  }

  private Optional<Incident> incident(
      Exchange exchange, ParsedCommand.Understood command, Optional<Incident> here) {
    Optional<UserRef> viewer = Optional.of(exchange.by().person().ref());
    if (command.addressed().isPresent()) {
      return exchange
          .moment()
          .tx()
          .incidents()
          .find(command.addressed().get())
          .filter(incident -> incident.visibleTo(viewer));
    }
    if (here.isPresent() || command.scope() != Scope.READS) {
      return here;
    }
    List<Incident> open =
        exchange.moment().tx().incidents().unclosed().stream()
            .filter(incident -> incident.status().isOpen() && incident.visibleTo(viewer))
            .toList();
    return open.size() == 1 ? Optional.of(open.get(0)) : Optional.empty();
  }

  private Rejection whichIncident(Exchange exchange, ParsedCommand.Understood command) {
    if (command.addressed().isPresent()) {
      return AccessPolicy.unseen(command.addressed().get());
    }
    List<Incident> open =
        new SimilarIncidents().visibleOpen(exchange.moment(), exchange.by().person().ref());
    String verb = command.spec().verb();
    if (open.isEmpty()) {
      return new Rejection(
          "no_incident",
          "There is no incident here, and none is open.",
          "To declare one: /incident declare checkout errors");
    }
    StringBuilder names = new StringBuilder();
    for (Incident incident : open.subList(0, Math.min(5, open.size()))) {
      names.append(names.isEmpty() ? "" : ", ").append(incident.id()).append(" “");
      names.append(incident.title()).append('”');
    }
    return new Rejection(
        "which_incident",
        "This channel belongs to no incident. Open are: " + names + ".",
        "Use the incident's channel, or name it: /incident " + verb + " " + open.get(0).id());
  }
}
