// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.Role;
import dev.muster.store.ActionStore.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells whoever takes a role, for their eyes alone, what to do now. */
final class Briefing {

  private final Moment moment;
  private final Incident incident;
  private final Role role;

  private Briefing(Moment moment, Incident incident, Role role) {
    this.moment = moment;
    this.incident = incident;
    this.role = role;
  }

  /** Tells one person; an observer has nothing to do. */
  static void send(Moment moment, Tokens tokens, Incident incident, Role role, Person person) {
    Briefing briefing = new Briefing(moment, incident, role);
    List<String> steps = briefing.steps();
    if (!steps.isEmpty()) {
      ButtonMint mint = new ButtonMint(moment, tokens, "briefing", Optional.of(incident.id()));
      new Orders(moment)
          .show(
              new Target.Direct(person.ref()),
              "briefing/" + incident.id() + "/" + incident.version() + "/" + role.word(),
              "",
              Priority.PEOPLE,
              briefing.message(mint, steps, person.ref().platform()));
    }
  }

  private BotMessage message(ButtonMint mint, List<String> steps, String platform) {
    String title = "You are " + role.word() + " of " + incident.id();
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of(incident.severity() + " “" + incident.title() + "”. Do now:"));
    StringBuilder text = new StringBuilder(title + " “" + incident.title() + "”. Do now:");
    for (int i = 0; i < steps.size(); i++) {
      String step = (i + 1) + ". " + steps.get(i);
      sections.add(Section.of(step));
      text.append(' ').append(step);
    }
    incident
        .spaceOn(platform)
        .ifPresent(
            space ->
                sections.add(
                    new Section(
                        "",
                        Phrase.of(
                            new Span.Words("Talk in "),
                            new Span.Room(space.channel(), space.name())),
                        Section.Style.NOTE)));
    return BotMessage.card(text.toString(), title)
        .withSections(sections)
        .withButtons(buttons(mint));
  }

  private String command(String words) {
    return "/incident " + incident.id() + " " + words;
  }

  private List<String> steps() {
    return switch (role) {
      case COMMANDER -> commander();
      case DEPUTY ->
          List.of(
              "Read where it stands: " + command("status"),
              "Ask the commander what to take over.",
              "Stand in when the commander is away: " + command("commander me"));
      case COMMUNICATIONS ->
          List.of(
              "Read where it stands: " + command("status"),
              "Tell people outside what they feel and what is done: " + command("update"),
              "Promise the next update: " + command("next 30m"));
      case SCRIBE ->
          List.of(
              "Mark messages that matter with a pushpin reaction.",
              "Add what nobody wrote down: " + command("timeline add -10m what happened"),
              "Note what is to be done later: " + command("action what @who"));
      case INVESTIGATOR ->
          List.of(
              "Say in the channel what you look at.",
              "Write what you find, also what it is not.",
              "Ask for more people when you need them: " + command("escalate"));
      case OBSERVER -> List.of();
    };
  }

  /** What the checklist has open, and in any case what keeps everybody going. */
  private List<String> commander() {
    Checklist.Known known = FirstSteps.known(moment, incident);
    List<String> steps = new ArrayList<>();
    if (!known.severity()) {
      steps.add("Confirm the severity, now " + incident.severity() + ".");
    }
    if (incident.impact().isEmpty()) {
      steps.add("Write the impact: " + command("impact who feels it and how"));
    }
    if (!known.update()) {
      steps.add("Send the first update: " + command("update"));
    }
    if (steps.size() < 3) {
      steps.add("Say in the channel what happens next, and who does it.");
    }
    if (steps.size() < 3) {
      steps.add("Promise the next update: " + command("next 30m"));
    }
    return steps;
  }

  private List<Button> buttons(ButtonMint mint) {
    List<Button> buttons = new ArrayList<>();
    boolean commands = role == Role.COMMANDER;
    if (commands && !FirstSteps.known(moment, incident).severity()) {
      Map<String, String> seen = Stale.seen(incident);
      buttons.add(mint.primary("Confirm severity", Press.CONFIRM_SEVERITY, Use.REPEATEDLY, seen));
    }
    if (commands || role == Role.COMMUNICATIONS) {
      buttons.add(mint.button("Write update", Press.UPDATE, Use.REPEATEDLY, Map.of()));
    }
    if (commands) {
      buttons.add(mint.button("Change severity", Press.SEVERITY, Use.REPEATEDLY, Map.of()));
    }
    Map<String, String> mine = Map.of("role", role.word());
    buttons.add(mint.button("Hand over", Press.ROLE, Use.REPEATEDLY, mine));
    return buttons;
  }
}
