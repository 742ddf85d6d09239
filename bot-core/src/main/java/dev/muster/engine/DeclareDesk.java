// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.SeverityWord;
import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Quotation;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.command.DeclareOptions;
import dev.muster.command.Title;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Milestone;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import dev.muster.timeline.EntryKind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People declare incidents here: at once, or by the form. */
final class DeclareDesk {

  /** The same person saying the same again within this time means the same incident. */
  static final Duration SAME_BREATH = Duration.ofSeconds(3);

  /** What the form offers to whoever does not know. */
  private static final Severity NOT_SURE = Severity.SEV3;

  private final IncidentLifecycle lifecycle;
  private final SimilarIncidents similar;
  private final Forms forms;
  private final Tokens tokens;
  private final FirstSteps steps;

  DeclareDesk(
      IncidentLifecycle lifecycle, SimilarIncidents similar, Tokens tokens, FirstSteps steps) {
    this.lifecycle = lifecycle;
    this.similar = similar;
    this.forms = new Forms(tokens);
    this.tokens = tokens;
    this.steps = steps;
  }

  /** Declares without a form; asks first only when somebody else just declared the same. */
  void declare(Exchange exchange, Title title, DeclareOptions options) {
    Optional<Incident> mine = saidJustNow(exchange, title.text());
    if (mine.isPresent()) {
      exchange.tell(created(mine.get()));
      return;
    }
    UserRef user = exchange.by().person().ref();
    Optional<Incident> twin = similar.twin(exchange.moment(), user, title.text());
    if (twin.isPresent()) {
      exchange.tell(askWhetherSame(exchange, twin.get(), title, options));
      return;
    }
    Incident incident = open(exchange, title, options, List.of());
    options.severity().ifPresent(set -> steps.severitySet(exchange.moment(), incident));
    remember(exchange, title.text(), incident);
  }

  private Optional<Incident> saidJustNow(Exchange exchange, String title) {
    return exchange
        .moment()
        .tx()
        .note(breathNote(exchange, title))
        .map(note -> note.split(" ", 2))
        .filter(note -> !Instant.parse(note[0]).plus(SAME_BREATH).isBefore(exchange.moment().now()))
        .flatMap(note -> IncidentId.parse(note[1]))
        .flatMap(id -> exchange.moment().tx().incidents().find(id));
  }

  private void remember(Exchange exchange, String title, Incident incident) {
    exchange
        .moment()
        .tx()
        .keepNote(breathNote(exchange, title), exchange.moment().now() + " " + incident.id());
  }

  private String breathNote(Exchange exchange, String title) {
    return "declared/" + tokens.mint(exchange.by().person().ref().toString(), title);
  }

  private Incident open(
      Exchange exchange, Title title, DeclareOptions options, List<String> services) {
    Moment moment = exchange.moment();
    String readable = People.readable(moment, title.text());
    Incident incident =
        lifecycle.declare(
            moment,
            new IncidentLifecycle.Declaration(
                Title.of(readable).map(Title::text).orElse(title.text()),
                options.severity().orElse(Severity.SEV3),
                services,
                options.isPrivate(),
                options.drill(),
                Optional.empty(),
                SpaceDesk.wanted(moment, exchange.by().person().ref(), options.isPrivate())),
            exchange.actor(),
            List.of(
                new IncidentEvent.RoleAssigned(
                    Role.COMMANDER, exchange.by().person(), Optional.empty())),
            "");
    title
        .full()
        .ifPresent(
            full ->
                exchange.write(
                    incident.id(),
                    exchange.fact(EntryKind.NOTE_ADDED, full).because("full title")));
    options
        .details()
        .ifPresent(
            details ->
                exchange.write(
                    incident.id(),
                    exchange.fact(EntryKind.NOTE_ADDED, details).because("details")));
    ChannelWish.made(exchange, incident);
    exchange.tell(created(incident));
    return incident;
  }

  private static BotMessage created(Incident incident) {
    String channel =
        incident.spaces().stream()
            .findFirst()
            .map(space -> " Talk in #" + space.name() + ".")
            .orElse(" Its channel #" + ChannelNames.of(incident) + " is being opened.");
    return BotMessage.line(
        "Declared " + incident.id() + " as " + incident.severity() + "." + channel);
  }

  private BotMessage askWhetherSame(
      Exchange exchange, Incident twin, Title title, DeclareOptions options) {
    Instant declared = twin.reached(Milestone.DECLARED).orElse(exchange.moment().now());
    String ago = UtcText.duration(Duration.between(declared, exchange.moment().now()));
    String text =
        twin.id()
            + " “"
            + twin.title()
            + "” was declared "
            + ago
            + " ago by "
            + twin.declaredBy().name()
            + ". Is it the same?";
    ButtonMint mint =
        new ButtonMint(
            exchange.moment(),
            tokens,
            "twin/" + exchange.reply().inReplyTo().orElse(title.text()),
            Optional.of(twin.id()));
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("title", title.text());
    arguments.put("severity", options.severity().orElse(Severity.SEV3).name());
    arguments.put("private", String.valueOf(options.isPrivate()));
    arguments.put("drill", String.valueOf(options.drill()));
    arguments.putAll(Offers.made(exchange.moment()));
    List<Button> buttons =
        List.of(
            mint.primary("Join " + twin.id(), Press.JOIN, Use.REPEATEDLY, Map.of()),
            mint.button("Declare anyway", Press.DECLARE, Use.ONCE, arguments));
    return BotMessage.card(text, "The same incident?").withButtons(buttons);
  }

  /** Declares what somebody confirmed after being told of a twin. */
  void declareAnyway(Exchange exchange, ButtonAction action) {
    Map<String, String> arguments = action.arguments();
    open(
        exchange,
        new Title(arguments.get("title"), Optional.empty()),
        new DeclareOptions(
            Severity.parse(arguments.get("severity")),
            Boolean.parseBoolean(arguments.get("private")),
            Boolean.parseBoolean(arguments.get("drill")),
            Optional.empty()),
        List.of());
  }

  /** Opens the form. */
  void offer(Exchange exchange, Optional<Title> title, DeclareOptions options) {
    Map<String, String> holds = new LinkedHashMap<>();
    title.ifPresent(words -> holds.put("title", words.text()));
    options.severity().ifPresent(severity -> holds.put("severity", severity.name()));
    holds.put("private", String.valueOf(options.isPrivate()));
    holds.put("drill", String.valueOf(options.drill()));
    forms.open(exchange, Press.DECLARE, Optional.empty(), holds);
  }

  /** Takes the submitted form; field errors keep it open. */
  Answer submit(Exchange exchange, ButtonAction form, Map<String, String> values) {
    DeclareForm read = DeclareForm.read(values);
    if (!read.errors().isEmpty()) {
      return new Answer.FieldErrors(read.errors());
    }
    UserRef user = exchange.by().person().ref();
    Optional<Incident> alike =
        similar.alike(exchange.moment(), user, read.title().text(), read.services());
    if (alike.isPresent() && Told.first(exchange.moment(), form)) {
      return askInForm(exchange, form, values, alike.get());
    }
    FormDesk.use(exchange, form);
    Incident incident = open(exchange, read.title(), read.options(), read.services());
    Quote.held(exchange.moment(), user.platform(), form.arguments())
        .ifPresent(quoted -> report(exchange, incident, quoted));
    Moment moment = exchange.moment();
    read.options()
        .severity()
        .filter(chosen -> chosen != NOT_SURE)
        .ifPresent(set -> steps.severitySet(moment, incident));
    moment.tx().keepNote(declaredNote(form), incident.id().toString());
    DeclareWindow.remember(moment, incident, user, form);
    read.commander()
        .filter(person -> !person.equals(user))
        .ifPresent(
            person -> moment.tx().keepNote(ChangeDesk.namedNote(incident), person.toString()));
    return new Answer.Notice(created(incident).text());
  }

  /** Returns under which name it is kept what a form declared. */
  static String declaredNote(ButtonAction form) {
    return "declared-by/" + form.token();
  }

  private Answer askInForm(
      Exchange exchange, ButtonAction form, Map<String, String> values, Incident alike) {
    ButtonMint mint =
        new ButtonMint(
            exchange.moment(), tokens, "alike/" + exchange.occasion(), Optional.of(alike.id()));
    String found = DeclareWindow.found(exchange.moment(), alike);
    exchange.tell(
        BotMessage.line(found + " To join it: /incident join " + alike.id())
            .withButtons(
                List.of(mint.primary("Join " + alike.id(), Press.JOIN, Use.REPEATEDLY, Map.of()))));
    return new Answer.FieldErrors(
        Map.of(
            "title",
            found
                + " Join it with /incident join "
                + alike.id()
                + ", or submit again to declare anyway."),
        Optional.of(new DeclareWindow(tokens).again(exchange, form, values, alike)));
  }

  /** The message that led to the incident is its first entry, said by its author. */
  private static void report(Exchange exchange, Incident incident, Quotation quoted) {
    Moment moment = exchange.moment();
    Facts.append(moment, incident.id(), Quote.reported(quoted, exchange.by().person()));
    ChangeLines.count(moment, incident);
    new Orders(moment)
        .show(
            incident.id(),
            quoted.message().channel().platform(),
            "report",
            Priority.CARDS,
            Quote.shown(quoted));
  }

  /** Declares what an alert states, because a person wants it. */
  Incident declareFor(Exchange exchange, Alert alert) {
    Title title =
        Title.of(alert.title())
            .orElseGet(() -> new Title("Alert from " + alert.key().source(), Optional.empty()));
    Optional<Severity> severity = Optional.of(SeverityWord.of(alert.severity()).severity());
    return open(
        exchange, title, new DeclareOptions(severity, false, false, Optional.empty()), List.of());
  }
}
