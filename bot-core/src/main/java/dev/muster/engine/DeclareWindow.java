// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Form;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.Milestone;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The declare form as a window that stands open: above its fields an open incident that looks the
 * same, and after it was submitted the way to the new channel as soon as there is one.
 */
final class DeclareWindow {

  /** The argument of a button that stands in a form: the form's token. */
  private static final String WINDOW = "window";

  private static final String TITLE = "Declare an incident";

  private final Tokens tokens;

  DeclareWindow(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Returns for example {@code INC-1 “Checkout is slow” was declared 3 min ago by Ada …}. */
  static String found(Moment moment, Incident alike) {
    String ago =
        alike
            .reached(Milestone.DECLARED)
            .map(at -> UtcText.duration(Duration.between(at, moment.now())))
            .orElse("a while");
    return alike.id()
        + " “"
        + alike.title()
        + "” was declared "
        + ago
        + " ago by "
        + alike.declaredBy().name()
        + " and looks like this.";
  }

  /** Returns what stands above the fields while an open incident looks like this one. */
  Form.Lead lead(Moment moment, String formToken, Incident alike) {
    ButtonMint mint = new ButtonMint(moment, tokens, "alike/" + formToken, Optional.of(alike.id()));
    return new Form.Lead(
        List.of(Section.of("Open already", found(moment, alike))),
        List.of(
            mint.primary(
                "Join " + alike.id(), Press.JOIN, Use.REPEATEDLY, Map.of(WINDOW, formToken))));
  }

  /** Returns the form with an alike incident above its fields, when its title names one. */
  Form topped(Exchange exchange, ButtonAction form, Form shape) {
    String title = form.arguments().getOrDefault("title", "");
    UserRef user = exchange.by().person().ref();
    Optional<Incident> alike =
        title.isBlank()
            ? Optional.empty()
            : new SimilarIncidents().alike(exchange.moment(), user, title, List.of());
    return alike
        .map(found -> shape.withLead(lead(exchange.moment(), form.token(), found)))
        .orElse(shape);
  }

  /** Returns the form once more with what was typed, asking whether it is the same. */
  Form again(Exchange exchange, ButtonAction form, Map<String, String> values, Incident alike) {
    Map<String, String> holds = new LinkedHashMap<>(form.arguments());
    holds.putAll(values);
    return new FormShapes(exchange, holds)
        .declare(form.token())
        .withSubmit("Declare anyway")
        .withLead(lead(exchange.moment(), form.token(), alike));
  }

  /** Whoever joins instead of declaring is told so where they pressed. */
  static void joined(Exchange exchange, Incident incident, ButtonAction pressed) {
    String token = pressed.arguments().get(WINDOW);
    if (token != null) {
      Phrase words = Phrase.of("You joined " + incident.id() + ".").and(where(exchange, incident));
      new Orders(exchange.moment()).updateForm(exchange.by().person().ref(), telling(token, words));
    }
  }

  private static Span where(Exchange exchange, Incident incident) {
    return incident
        .spaceOn(exchange.by().person().ref().platform())
        .<Span>map(space -> new Span.Room(space.channel(), space.name()))
        .orElseGet(() -> new Span.Words(""));
  }

  /** Remembers which form an incident came from. */
  static void remember(Moment moment, Incident incident, UserRef user, ButtonAction form) {
    moment.tx().keepNote(note(incident, user.platform()), form.token() + " " + user.id());
  }

  private static String note(Incident incident, String platform) {
    return "declared-in/" + incident.id() + "/" + platform;
  }

  /** Shows the way to the channel in the form that asked for it. */
  static void channelOpened(Moment moment, Incident incident, String platform) {
    Optional<String[]> asked =
        moment
            .tx()
            .note(note(incident, platform))
            .filter(note -> !note.isEmpty())
            .map(note -> note.split(" ", 2));
    if (asked.isPresent()) {
      moment.tx().keepNote(note(incident, platform), "");
    }
    incident
        .spaceOn(platform)
        .filter(space -> space.thread().isEmpty())
        .ifPresent(
            space ->
                asked.ifPresent(
                    note ->
                        new Orders(moment)
                            .updateForm(
                                new UserRef(platform, note[1]),
                                telling(
                                    note[0],
                                    Phrase.of(
                                            "Declared "
                                                + incident.id()
                                                + " as "
                                                + incident.severity()
                                                + " → ")
                                        .and(new Span.Room(space.channel(), space.name()))))));
  }

  /** Says in the form that asked for it why there is no channel. */
  static void channelRefused(Moment moment, Incident incident, String platform, String words) {
    String declared = "Declared " + incident.id() + " as " + incident.severity() + ". ";
    moment
        .tx()
        .note(note(incident, platform))
        .map(note -> note.split(" ", 2))
        .ifPresent(
            note ->
                new Orders(moment)
                    .updateForm(
                        new UserRef(platform, note[1]),
                        telling(note[0], Phrase.of(declared + words))));
  }

  private static Form telling(String token, Phrase words) {
    return new Form(token, TITLE, "", "", List.of())
        .withLead(new Form.Lead(List.of(new Section("", words, Section.Style.PLAIN)), List.of()));
  }
}
