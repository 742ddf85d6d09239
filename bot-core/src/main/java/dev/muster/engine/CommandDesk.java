// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.access.AccessPolicy;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.command.CommandParser;
import dev.muster.command.CommandSpec;
import dev.muster.command.Intent;
import dev.muster.command.Outward;
import dev.muster.command.PaperIntent;
import dev.muster.command.ParsedCommand;
import dev.muster.command.PersonRef;
import dev.muster.command.Requirement;
import dev.muster.command.Requirements;
import dev.muster.command.Scope;
import dev.muster.command.TaskIntent;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.timeline.EntryKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes commands: reads them, finds their incident, asks whether the person may, carries out. */
final class CommandDesk {

  private static final int OFFERED = 5;
  private static final String PAGE_ME =
      "(?i)\\b(page\\s+(?:(?:INC-|#)\\d+\\s+)?)(?:@?me|myself)(?=\\s|$)";

  private final CommandParser parser = new CommandParser();
  private final Desks desks;
  private final ShortcutDesk shortcuts;
  private final Offers offers;
  private final AskDesk asks;

  CommandDesk(Desks desks, ShortcutDesk shortcuts, Offers offers, AskDesk asks) {
    this.desks = desks;
    this.shortcuts = shortcuts;
    this.offers = offers;
    this.asks = asks;
  }

  /** Returns who lets people ask for what they may not do. */
  AskDesk asks() {
    return asks;
  }

  /** Handles a command as it was heard. */
  void handle(Moment moment, ChatEvent.CommandInvoked event) {
    if (event.by().bot()) {
      return;
    }
    Exchange exchange =
        new Exchange(
            moment,
            event.by(),
            event.place(),
            event.reply(),
            event.opening(),
            event.message(),
            event.at());
    RateGuard.refusal(moment, event.by().person().ref())
        .ifPresentOrElse(exchange::refuse, () -> take(exchange, event));
  }

  private void take(Exchange exchange, ChatEvent.CommandInvoked event) {
    event
        .about()
        .ifPresentOrElse(
            chosen -> shortcuts.take(exchange, event.text(), chosen),
            () -> take(exchange, event.text()));
  }

  /** Goes on with a command that waited for its platform to say who people are. */
  void resume(Moment moment, ChatEvent.CommandInvoked event, Lookups lookups) {
    Exchange exchange =
        new Exchange(
            moment,
            event.by(),
            event.place(),
            event.reply(),
            event.opening(),
            event.message(),
            event.at(),
            lookups);
    take(exchange, event.text());
  }

  /** Carries out a command that was offered to this person behind a button. */
  void offered(Exchange pressed, ButtonAction action) {
    Exchange exchange = pressed.in(Offers.place(pressed, action));
    RateGuard.refusal(exchange.moment(), exchange.by().person().ref())
        .ifPresentOrElse(exchange::refuse, () -> take(exchange, Offers.command(action)));
  }

  /** Reads a command and carries it out. */
  void take(Exchange exchange, String text) {
    String platform = exchange.by().person().ref().platform();
    parser
        .parse(platform, text)
        .match(
            understood -> {
              carryOut(exchange, text, understood);
              return null;
            },
            unclear -> {
              exchange.refuse(unclear.rejection(), nearest(exchange, platform, text));
              return null;
            });
  }

  /** What was meant, one press away, or the form that asks for it; the help on the verb. */
  private List<Button> nearest(Exchange exchange, String platform, String text) {
    Optional<Button> meant =
        parser
            .corrected(platform, text)
            .map(
                words -> offers.asMeant(exchange, People.readable(exchange.moment(), words), words))
            .or(() -> formOfVerb(exchange, text));
    Optional<Button> help =
        Optional.of(offers.help(exchange, withoutPrefix(text).split("\\s+", 2)[0]));
    return Stream.of(meant, help).flatMap(Optional::stream).toList();
  }

  private Optional<Button> formOfVerb(Exchange exchange, String text) {
    Optional<Incident> here =
        here(exchange)
            .filter(i -> i.status() != IncidentStatus.CLOSED)
            .filter(i -> i.visibleTo(Optional.of(exchange.by().person().ref())));
    return here.flatMap(
        incident -> parser.meantVerb(text).flatMap(verb -> offers.form(exchange, incident, verb)));
  }

  private static Optional<Incident> here(Exchange exchange) {
    return exchange
        .moment()
        .tx()
        .incidents()
        .livingAt(exchange.place().channel(), exchange.place().thread());
  }

  private void carryOut(Exchange exchange, String text, ParsedCommand.Understood command) {
    if (isTooLate(exchange, command)) {
      exchange.tell(stillWanted(exchange, text));
      return;
    }
    CommandSpec spec = command.spec();
    Optional<Incident> here = here(exchange);
    Optional<Incident> about = incident(exchange, command, here);
    if (command.scope() != Scope.NONE && about.isEmpty()) {
      whichIncident(exchange, text, command);
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
      exchange.refuse(refusal.get(), ask(exchange, text, command, about));
      return;
    }
    if (Acquaintance.awaited(exchange, text, command.intent())) {
      return;
    }
    about
        .or(() -> here)
        .filter(incident -> incident.visibleTo(Optional.of(exchange.by().person().ref())))
        .ifPresent(incident -> log(exchange, incident, spec, text));
    command.intent().handle(new Verbs(exchange, about.or(() -> here), desks));
  }

  /** Whoever may is asked to give the same command, about the same incident. */
  private List<Button> ask(
      Exchange exchange, String text, ParsedCommand.Understood command, Optional<Incident> about) {
    String words = asMeant(exchange, withoutPrefix(text), command.intent());
    boolean named = command.addressed().isPresent() && !isOwnRole(command.intent());
    String whole = named || about.isEmpty() ? words : about.get().id() + " " + words;
    return asks.ways(
        exchange,
        about,
        requirement(exchange, command, about),
        AskDesk.Wish.command(command.spec().verb(), whole));
  }

  private static boolean isOwnRole(Intent intent) {
    return intent instanceof Intent.AssignRole wish && wish.person() instanceof PersonRef.Me;
  }

  /** In the mouth of somebody else “me” is the asker, by name. */
  private static String asMeant(Exchange exchange, String words, Intent intent) {
    String asker = "<@" + exchange.by().person().ref() + ">";
    if (isOwnRole(intent)) {
      return "role " + ((Intent.AssignRole) intent).role().word() + " " + asker;
    }
    if (intent instanceof TaskIntent.TakeTask take) {
      return "task give " + take.number() + " " + asker;
    }
    if (intent instanceof TaskIntent.GiveTask) {
      return words.replaceFirst(
          "(?i)(?<=\\s)(@?me|myself)(?=\\s|$)", Matcher.quoteReplacement(asker));
    }
    if (intent instanceof Outward.Page) {
      return words.replaceFirst(PAGE_ME, "$1" + Matcher.quoteReplacement(asker));
    }
    boolean people = intent instanceof Intent.Invite;
    boolean owner =
        intent instanceof Intent.AddAction
            || intent instanceof TaskIntent.AddTask
            || intent instanceof Intent.Escalate;
    String me = people ? "@?me|myself" : "@me";
    return people || owner
        ? words.replaceAll("(?i)(?<=\\s)(" + me + ")(?=\\s|$)", Matcher.quoteReplacement(asker))
        : words;
  }

  /** Returns who may give a command; what is no command nobody may. */
  Requirement needed(Exchange exchange, String text, Optional<Incident> about) {
    return parser
        .parse(exchange.by().person().ref().platform(), text)
        .match(understood -> requirement(exchange, understood, about), no -> Requirement.ADMIN);
  }

  /** What only looks does no harm late; everything else was meant for another moment. */
  private boolean isTooLate(Exchange exchange, ParsedCommand.Understood command) {
    boolean looks = command.spec().changes().isEmpty() || command.scope() == Scope.READS;
    return !looks && desks.lateness().isTooLong(exchange);
  }

  private BotMessage stillWanted(Exchange exchange, String text) {
    String words = withoutPrefix(text);
    String waited = UtcText.duration(desks.lateness().of(exchange));
    return BotMessage.line(
            "Your command of "
                + UtcText.clock(exchange.at())
                + " arrived "
                + waited
                + " late, so nothing was done: /incident "
                + words
                + ". Still wanted?")
        .withButtons(List.of(offers.command(exchange, "Run it now", words)));
  }

  private static Requirement requirement(
      Exchange exchange, ParsedCommand.Understood command, Optional<Incident> about) {
    boolean authors =
        command.intent() instanceof PaperIntent.DraftPostmortem
            || command.intent() instanceof PaperIntent.PublishPostmortem;
    return authors && about.isPresent()
        ? PostmortemDesk.needed(exchange.moment(), about.get().id(), exchange.selves())
        : Requirements.of(command.intent(), command.spec(), exchange.selves(), about);
  }

  private static void log(Exchange exchange, Incident incident, CommandSpec spec, String text) {
    exchange.write(
        incident.id(),
        exchange
            .fact(EntryKind.COMMAND_RUN, "/incident " + withoutPrefix(text))
            .about(exchange.message().map(message -> message.id()).orElse(""))
            .with(Map.of("verb", spec.verb())));
  }

  private static String withoutPrefix(String text) {
    return text.strip().replaceFirst("^/?(?i:incident)\\s+", "");
  }

  private static Optional<Incident> incident(
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
    List<Incident> open = open(exchange);
    return open.size() == 1 ? Optional.of(open.get(0)) : Optional.empty();
  }

  /** The open incidents this person may see, their own first, then the newest. */
  private static List<Incident> open(Exchange exchange) {
    UserRef viewer = exchange.by().person().ref();
    Comparator<Incident> ownFirst =
        Comparator.comparing(incident -> !incident.members().contains(viewer));
    return new SimilarIncidents()
        .visibleOpen(exchange.moment(), viewer).stream().sorted(ownFirst).toList();
  }

  private void whichIncident(Exchange exchange, String text, ParsedCommand.Understood command) {
    if (command.addressed().isPresent()) {
      exchange.refuse(AccessPolicy.unseen(command.addressed().get()));
      return;
    }
    List<Incident> open = open(exchange);
    if (open.isEmpty()) {
      exchange.refuse(
          new Rejection(
              "no_incident",
              "There is no incident here, and none is open.",
              "To declare one: /incident declare checkout errors"),
          List.of(offers.command(exchange, "Declare an incident", "declare")));
      return;
    }
    List<Incident> shown = open.subList(0, Math.min(OFFERED, open.size()));
    String names =
        shown.stream()
            .map(incident -> incident.id() + " “" + incident.title() + "”")
            .collect(Collectors.joining(", "));
    String words = withoutPrefix(text);
    exchange.refuse(
        new Rejection(
            "which_incident",
            "This channel belongs to no incident. Open are: " + names + ".",
            "Use the incident's channel, or name it: /incident "
                + command.spec().verb()
                + " "
                + open.get(0).id()),
        shown.stream()
            .map(
                incident ->
                    offers.command(exchange, incident.id().toString(), incident.id() + " " + words))
            .toList());
  }
}
