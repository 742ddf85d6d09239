// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.UtcText;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Space;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import dev.muster.timeline.EntryKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The note that goes with command from one hand to the next: drafted from what is known, sent to
 * whoever leaves, and posted for everybody once they have looked it over. Nothing is posted unseen.
 */
final class HandoverNotes {

  private static final int HIGHLIGHTS = 5;
  private static final String TURN = "turn";
  private static final String LINE = "line";
  private static final String TEXT = "text";

  private final Tokens tokens;
  private final Forms forms;

  HandoverNotes(Tokens tokens) {
    this.tokens = tokens;
    this.forms = new Forms(tokens);
  }

  /** Sends the draft to whoever just handed over. */
  void drafted(Moment moment, Incident incident, Person from, Person to, String turn) {
    String draft = draft(moment, incident);
    Map<String, String> arguments = new TreeMap<>(Offers.meantFor(from.ref()));
    arguments.put(TURN, turn);
    arguments.put(TEXT, draft);
    arguments.put(
        LINE, "Command: " + from.name() + " → " + to.name() + " " + UtcText.clock(moment.now()));
    ButtonMint mint = new ButtonMint(moment, tokens, "handover-note/" + turn, incident(incident));
    String text =
        to.name()
            + " took command of "
            + incident.id()
            + ". Leave a note: only you see this draft until you post it.";
    new Orders(moment)
        .show(
            new Target.Direct(from.ref()),
            "handover-note/" + turn,
            "",
            Priority.PEOPLE,
            BotMessage.card(text, "Handover of " + incident.id())
                .withSections(
                    List.of(
                        Section.of(text),
                        new Section("Draft", Phrase.of(draft), Section.Style.QUOTE)))
                .withButtons(
                    List.of(
                        mint.primary(
                            "Edit handover note",
                            Press.HANDOVER_NOTE,
                            Use.REPEATEDLY,
                            arguments))));
  }

  private static Optional<IncidentId> incident(Incident incident) {
    return Optional.of(incident.id());
  }

  private static String draft(Moment moment, Incident incident) {
    String impact = incident.impact().isEmpty() ? "unknown so far" : incident.impact();
    String state = incident.severity() + ", " + incident.status().word() + ". Impact: " + impact;
    List<String> open =
        moment.tx().all(ActionItem.class).of(incident.id()).stream()
            .filter(item -> item.doneAt().isEmpty())
            .map(ActionItem::line)
            .toList();
    String next = incident.nextUpdate().map(UtcText::minute).orElse("none is promised");
    return "State: "
        + state
        + "\nHighlights:\n"
        + CatchUp.highlights(moment, incident, HIGHLIGHTS)
        + "\nOpen tasks: "
        + OpenTasks.named(moment, incident).orElse("none")
        + "\nOpen actions: "
        + (open.isEmpty() ? "none" : String.join("; ", open))
        + "\nNext update due: "
        + next;
  }

  /** Opens the form that holds the draft. */
  void edit(Exchange exchange, Incident incident, ButtonAction pressed) {
    if (isPosted(exchange.moment(), pressed)) {
      exchange.tell("Your handover note of " + incident.id() + " was posted already.");
      return;
    }
    forms.open(exchange, Press.HANDOVER_NOTE, incident(incident), pressed.arguments());
  }

  /** Posts what the form brings, once for each turn of command. */
  Answer take(
      Exchange exchange,
      Incident incident,
      ButtonAction form,
      Map<String, String> values,
      Drafts drafts) {
    String words = values.getOrDefault(TEXT, "").strip();
    if (words.isEmpty()) {
      return new Answer.FieldErrors(
          Map.of(TEXT, "Say what the next commander must know, for example: we wait for a fix."));
    }
    if (isPosted(exchange.moment(), form)) {
      return new Answer.Notice("Your handover note was posted already.");
    }
    if (incident.status() == IncidentStatus.CLOSED) {
      return drafts.keep(exchange, incident, words);
    }
    FormDesk.use(exchange, form);
    exchange.moment().tx().keepNote(postedNote(form), exchange.moment().now().toString());
    post(exchange, incident, form, People.readable(exchange.moment(), words));
    return new Answer.Accepted();
  }

  private static void post(Exchange exchange, Incident incident, ButtonAction form, String words) {
    String line = form.arguments().getOrDefault(LINE, "Command was handed over");
    exchange.write(
        incident.id(),
        exchange.fact(EntryKind.NOTE_ADDED, line + "\n" + words).because("handover"));
    BotMessage message =
        BotMessage.card(line + ". " + words, line)
            .withSections(
                List.of(
                    new Section(
                        "Note by " + exchange.by().person().name(),
                        Phrase.of(words),
                        Section.Style.QUOTE)));
    String slot = "handover-note/" + form.arguments().get(TURN);
    for (Space space : incident.spaces()) {
      new Orders(exchange.moment())
          .show(incident.id(), space.platform(), slot, Priority.CARDS, message);
    }
  }

  private static boolean isPosted(Moment moment, ButtonAction action) {
    return moment.tx().note(postedNote(action)).isPresent();
  }

  private static String postedNote(ButtonAction action) {
    return "handover-posted/" + action.arguments().get(TURN);
  }
}
