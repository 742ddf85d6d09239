// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Addressing;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Role;
import dev.muster.store.ActionStore.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The first steps of an incident as one message that ticks itself: what is done says so, what is
 * open says which command or button does it. Pure.
 */
final class Checklist {

  /** The slot of the checklist, in the thread under the headline. */
  static final String SLOT = "checklist";

  private final Incident incident;
  private final Known known;

  /**
   * What the timeline knows beyond the incident itself.
   *
   * @param severity whether a person set or confirmed the severity
   * @param update whether a person's status update went out
   * @param noComms who said that nobody has to speak to people outside; empty when nobody did
   */
  record Known(boolean severity, boolean update, Optional<String> noComms) {}

  /** One step: what it says when done, else how to do it. */
  private record Step(boolean done, String name, Phrase words) {}

  Checklist(Incident incident, Known known) {
    this.incident = incident;
    this.known = known;
  }

  /**
   * Returns the message.
   *
   * @param page where people see what is stored
   * @param addressing how people address the bot where it is shown
   * @param allHeard whether every message of the channel is heard
   */
  BotMessage message(ButtonMint mint, String page, Addressing addressing, boolean allHeard) {
    List<Step> steps = steps();
    List<Section> sections = new ArrayList<>();
    for (Step step : steps) {
      Phrase line = Phrase.of(new Span.Words(step.done() ? "✅ " : "⬜ "));
      sections.add(new Section("", line.and(words(step)), Section.Style.PLAIN));
    }
    sections.add(recording(page, allHeard));
    if (addressing.differsInThreads()) {
      sections.add(
          note(
              new Span.Words("In a thread, mention the bot in place of the slash: "),
              new Span.Code(addressing.inThreads() + "status")));
    }
    long done = steps.stream().filter(Step::done).count();
    return BotMessage.card(text(steps, done), "First steps of " + incident.id())
        .withSections(sections)
        .withButtons(buttons(mint));
  }

  private Span[] words(Step step) {
    boolean over = incident.status() == IncidentStatus.CLOSED && !step.done();
    Phrase words = over ? Phrase.of("Left open: " + step.name() + ".") : step.words();
    return words.spans().toArray(Span[]::new);
  }

  private String text(List<Step> steps, long done) {
    String count = "First steps of " + incident.id() + ": " + done + " of " + steps.size();
    String open =
        steps.stream()
            .filter(step -> !step.done())
            .map(Step::name)
            .collect(Collectors.joining(", "));
    return count + " done." + (open.isEmpty() ? "" : " Open: " + open + ".");
  }

  private Section recording(String page, boolean allHeard) {
    return note(
        new Span.Words(
            allHeard
                ? "Messages in this channel become the incident timeline. Edit or delete as usual;"
                    + " see what is stored: "
                : "⚠️ The timeline is limited: I was not given leave to read this channel, so only"
                    + " what mentions me is kept. Add what matters with /incident timeline add."
                    + " What is stored: "),
        new Span.Link(incident.id() + " timeline", page));
  }

  private static Section note(Span... words) {
    return new Section("", Phrase.of(words), Section.Style.NOTE);
  }

  private List<Step> steps() {
    return List.of(
        commander(),
        new Step(
            known.severity(),
            "severity",
            known.severity()
                ? Phrase.of("Severity " + incident.severity() + " is confirmed.")
                : open(
                    "Confirm the severity, now "
                        + incident.severity()
                        + ": press Confirm severity, or ",
                    "/incident severity " + (incident.severity().ordinal() + 1))),
        new Step(
            !incident.impact().isEmpty(),
            "impact",
            incident.impact().isEmpty()
                ? open("Write who feels it: ", "/incident impact payments fail in Europe")
                : Phrase.of("The impact is written.")),
        new Step(
            known.update(),
            "first update",
            known.update()
                ? Phrase.of("The first update is sent.")
                : open("Send the first update: press Write update, or ", "/incident update")),
        communications());
  }

  private static Phrase open(String how, String command) {
    return Phrase.of(new Span.Words(how), new Span.Code(command));
  }

  private Step commander() {
    Phrase words =
        incident
            .commander()
            .map(person -> Phrase.of(new Span.Who(person), new Span.Words(" is commander.")))
            .orElseGet(
                () -> open("Set a commander: press Take command, or ", "/incident commander me"));
    return new Step(incident.commander().isPresent(), "commander", words);
  }

  private Step communications() {
    Phrase words =
        incident
            .holder(Role.COMMUNICATIONS)
            .map(
                person -> Phrase.of(new Span.Who(person), new Span.Words(" tells people outside.")))
            .or(
                () ->
                    known
                        .noComms()
                        .map(
                            who ->
                                Phrase.of("Nobody has to tell people outside, says " + who + ".")))
            .orElseGet(
                () ->
                    open(
                        "Decide who tells people outside: press Not needed, or ",
                        "/incident role comms @name"));
    return new Step(isCommsDecided(), "communications", words);
  }

  private boolean isCommsDecided() {
    return incident.holder(Role.COMMUNICATIONS).isPresent() || known.noComms().isPresent();
  }

  private List<Button> buttons(ButtonMint mint) {
    List<Button> buttons = new ArrayList<>();
    if (incident.status() == IncidentStatus.CLOSED) {
      return buttons;
    }
    if (incident.commander().isEmpty()) {
      buttons.add(mint.primary("Take command", Press.TAKE_COMMAND, Use.REPEATEDLY, Map.of()));
    }
    if (!known.severity()) {
      Map<String, String> seen = Stale.seen(incident);
      buttons.add(mint.button("Confirm severity", Press.CONFIRM_SEVERITY, Use.REPEATEDLY, seen));
    }
    if (!known.update()) {
      buttons.add(mint.button("Write update", Press.UPDATE, Use.REPEATEDLY, Map.of()));
    }
    if (!isCommsDecided()) {
      buttons.add(mint.button("Not needed", Press.NO_COMMS, Use.REPEATEDLY, Map.of()));
    }
    return buttons;
  }
}
