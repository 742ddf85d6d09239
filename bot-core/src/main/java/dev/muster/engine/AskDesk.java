// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.access.AccessDecision;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UtcText;
import dev.muster.command.Requirement;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Space;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets whoever was refused ask those who may: one message in the incident's channel with the button
 * that does it. No authority passes on: whoever presses is judged by themselves, as if they had
 * thought of it alone. Nobody asks for the same twice within ten minutes, nor for anything of one
 * incident twice within two.
 */
final class AskDesk {

  /** How long one question stands before the same person may ask it again. */
  static final Duration STANDS = Duration.ofMinutes(10);

  /** How long one person waits after a question about an incident before asking another. */
  static final Duration BETWEEN = Duration.ofMinutes(2);

  /** The incident's own people can do these; approvers and admins are found elsewhere. */
  private static final Set<Requirement> ASKABLE =
      EnumSet.of(
          Requirement.RESPONDER,
          Requirement.COMMANDER,
          Requirement.COMMANDER_OR_COMMUNICATIONS,
          Requirement.COMMANDER_OR_AUTHOR);

  /** What decides on a step of a runbook; its card shows exactly what is decided. */
  private static final Set<String> DECISIONS =
      Set.of(
          Press.APPROVE,
          Press.REFUSE,
          Press.IT_RAN,
          Press.RUN_AGAIN,
          Press.STEP_DONE,
          Press.STEP_SKIPPED);

  private static final String SLOT = "ask/";
  private static final String TEXT = "text";
  private static final String LABEL = "label";
  private static final String PRESS = "press";
  private static final String USE = "use";
  private static final String KEPT = "kept.";

  private final Tokens tokens;

  AskDesk(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * What somebody wished and may not do themselves.
   *
   * @param label verb and object, for the button
   * @param arguments what the button is to do
   */
  record Wish(String label, Map<String, String> arguments) {

    /** A command of that verb, as it is to be given by whoever may. */
    static Wish command(String verb, String words) {
      return new Wish(label(verb), Map.of(TEXT, words));
    }

    /** Returns what stands before the incident's key: “Change severity of” INC-1. */
    private static String label(String verb) {
      return switch (verb) {
        case "severity" -> "Change severity of";
        case "commander" -> "Change command of";
        case "role" -> "Give role in";
        case "invite" -> "Invite people to";
        case "page" -> "Page people for";
        case "update" -> "Write update on";
        case "next" -> "Promise update on";
        case "ack" -> "Acknowledge";
        case "runbook" -> "Run runbook in";
        case "rollback" -> "Roll back in";
        case "task" -> "Change tasks of";
        case "task_take" -> "Take a task of";
        case "task_done" -> "Finish a task of";
        case "private" -> "Make private:";
        case "public" -> "Make public:";
        default -> Character.toUpperCase(verb.charAt(0)) + verb.substring(1).replace('_', ' ');
      };
    }

    /** A button that was pressed. */
    static Wish press(ButtonAction pressed) {
      Map<String, String> kept = new TreeMap<>();
      pressed.arguments().forEach((name, value) -> kept.put(KEPT + name, value));
      kept.put(PRESS, pressed.action());
      kept.put(USE, pressed.use().name());
      return new Wish(label(pressed.action()), kept);
    }
  }

  /** Returns the button that asks; none where nobody there could do it, or the asker is a guest. */
  List<Button> ways(Exchange exchange, Optional<Incident> incident, Requirement needed, Wish wish) {
    Optional<Incident> about =
        incident
            .filter(i -> ASKABLE.contains(needed) && i.status() != IncidentStatus.CLOSED)
            .filter(i -> !i.spaces().isEmpty() && isInsider(exchange, i));
    return about.map(i -> List.of(button(exchange, i, wish))).orElse(List.of());
  }

  private static boolean isInsider(Exchange exchange, Incident incident) {
    return exchange
            .moment()
            .settings()
            .access()
            .decide(
                Optional.of(exchange.by()),
                exchange.selves(),
                Requirement.INSIDER,
                Optional.of(incident))
        instanceof AccessDecision.Allowed;
  }

  private Button button(Exchange exchange, Incident incident, Wish wish) {
    Map<String, String> arguments = new TreeMap<>(wish.arguments());
    arguments.putAll(Offers.meantFor(exchange.by().person().ref()));
    arguments.put(LABEL, wish.label());
    String whom = incident.commander().isPresent() ? "Ask the commander" : "Ask the responders";
    return new ButtonMint(
            exchange.moment(), tokens, "refused/" + exchange.occasion(), Optional.of(incident.id()))
        .button(whom, Press.ASK, Use.REPEATEDLY, arguments);
  }

  /**
   * Returns whether somebody else may be asked to press a button: none that stands on a question
   * itself, and none that decides on a step, whose card alone shows what it decides.
   */
  static boolean isAskable(ButtonAction action) {
    return !action.slot().startsWith(SLOT) && !DECISIONS.contains(action.action());
  }

  /** Returns the command behind the button of a question. */
  static String command(ButtonAction action) {
    return action.arguments().getOrDefault(TEXT, "help");
  }

  /** Asks in the incident's channel. */
  void ask(Exchange exchange, Incident incident, ButtonAction pressed) {
    Moment moment = exchange.moment();
    Person asker = exchange.by().person();
    Map<String, String> wished = new TreeMap<>(pressed.arguments());
    String thing = tokens.mint("ask", incident.id().toString(), wished.toString());
    Optional<Instant> before = moment.tx().note(SLOT + thing).map(Instant::parse);
    if (before.filter(at -> at.plus(STANDS).isAfter(moment.now())).isPresent()) {
      exchange.tell("You asked at " + UtcText.clock(before.get()) + ". The question still stands.");
      return;
    }
    String mine = SLOT + incident.id() + "/" + asker.ref();
    Optional<Instant> lately =
        moment.tx().note(mine).map(Instant::parse).map(at -> at.plus(BETWEEN));
    if (lately.filter(moment.now()::isBefore).isPresent()) {
      exchange.tell(
          "You asked something else just now, so this was not asked. Ask it from "
              + UtcText.clock(lately.get())
              + " on, or write it in the channel of "
              + incident.id()
              + ".");
      return;
    }
    moment.tx().keepNote(mine, moment.now().toString());
    moment.tx().keepNote(SLOT + thing, moment.now().toString());
    String slot = SLOT + thing + "/" + moment.now().getEpochSecond();
    BotMessage question = question(moment, incident, slot, asker, wished);
    for (Space space : incident.spaces()) {
      new Orders(moment).show(incident.id(), space.platform(), slot, Priority.PEOPLE, question);
    }
    exchange.tell(
        "Asked in the channel of "
            + incident.id()
            + ". "
            + incident
                .commander()
                .map(commander -> commander.name() + " decides.")
                .orElse("Any responder decides."));
  }

  private BotMessage question(
      Moment moment, Incident incident, String slot, Person asker, Map<String, String> wished) {
    String label = wished.get(LABEL) + " " + incident.id();
    String text =
        Optional.ofNullable(wished.get(TEXT)).map(t -> " (/incident " + t + ")").orElse("");
    String asks = asker.name() + " asks: " + label + "?" + People.readable(moment, text);
    String whom = incident.commander().map(Person::name).orElse("Responders");
    Phrase words =
        incident
            .commander()
            .map(commander -> Phrase.of(new Span.Who(commander), new Span.Words(": " + asks)))
            .orElseGet(() -> Phrase.of("To all responders, command is vacant: " + asks));
    return BotMessage.card(whom + ": " + asks, asker.name() + " asks: " + label + "?")
        .withSections(List.of(new Section("", words, Section.Style.PLAIN)))
        .withMentions(incident.commander().map(List::of).orElse(List.of()))
        .withButtons(List.of(answer(moment, incident, slot, wished, label)));
  }

  private Button answer(
      Moment moment, Incident incident, String slot, Map<String, String> wished, String label) {
    ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
    if (wished.containsKey(TEXT)) {
      return mint.button(label, Press.ASKED, Use.ONCE, Map.of(TEXT, wished.get(TEXT)));
    }
    Map<String, String> kept = new TreeMap<>();
    wished.forEach(
        (name, value) -> {
          if (name.startsWith(KEPT)) {
            kept.put(name.substring(KEPT.length()), value);
          }
        });
    return mint.button(label, wished.get(PRESS), Use.valueOf(wished.get(USE)), kept);
  }
}
