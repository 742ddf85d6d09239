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
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.IncidentTask;
import dev.muster.store.ActionStore.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows each task in the incident's channel as it is now; buttons stand while it can be done. */
final class TaskCards {

  /** What the slots of tasks begin with. */
  static final String SLOT = "task/";

  private final Moment moment;
  private final Tokens tokens;
  private final Incident incident;

  TaskCards(Moment moment, Tokens tokens, Incident incident) {
    this.moment = moment;
    this.tokens = tokens;
    this.incident = incident;
  }

  /** Shows the open tasks anew: what can be done about them has changed. */
  static void refresh(Moment moment, Tokens tokens, Incident incident) {
    TaskCards cards = new TaskCards(moment, tokens, incident);
    OpenTasks.all(moment).openOf(incident.id()).forEach(cards::show);
  }

  /** Shows a task wherever the incident lives. */
  void show(IncidentTask task) {
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      String slot = SLOT + task.number();
      new Orders(moment).show(incident.id(), platform, slot, Priority.CARDS, card(task));
    }
  }

  private BotMessage card(IncidentTask task) {
    String key = incident.id() + " task #" + task.number();
    List<Span> spans = new ArrayList<>();
    spans.add(new Span.Words(key + ": " + task.text() + " – "));
    spans.add(task.owner().<Span>map(Span.Who::new).orElse(new Span.Words("nobody has it yet")));
    if (!task.open()) {
      spans.add(new Span.Words(", done"));
    }
    String moved = moved(task).map(now -> ", now " + now).orElse("");
    if (!moved.isEmpty()) {
      spans.add(new Span.Words(moved));
    }
    return BotMessage.line(incident.id() + " task " + task.line() + moved + ".")
        .withSections(List.of(new Section("", new Phrase(spans), Section.Style.PLAIN)))
        .withButtons(buttons(task));
  }

  private Optional<String> moved(IncidentTask task) {
    return Moved.now(moment, incident, Moved.TASK, task.number());
  }

  private List<Button> buttons(IncidentTask task) {
    List<Button> buttons = new ArrayList<>();
    boolean over = incident.status() == IncidentStatus.CLOSED || moved(task).isPresent();
    if (!task.open() || over) {
      return buttons;
    }
    String slot = SLOT + task.number();
    Map<String, String> which = Map.of("number", String.valueOf(task.number()));
    ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
    if (task.owner().isEmpty()) {
      buttons.add(
          mint.primary("Take task #" + task.number(), Press.TASK_TAKE, Use.REPEATEDLY, which));
    }
    buttons.add(
        mint.button("Finish task #" + task.number(), Press.TASK_DONE, Use.REPEATEDLY, which));
    return buttons;
  }

  /** Tells somebody, for their eyes alone, what they were given to do. */
  void tell(IncidentTask task, Person owner, String giver) {
    String text =
        giver
            + " gave you task #"
            + task.number()
            + " of "
            + incident.id()
            + " “"
            + incident.title()
            + "”: "
            + task.text();
    List<Span> spans = new ArrayList<>(List.of(new Span.Words(text)));
    incident
        .spaceOn(owner.ref().platform())
        .ifPresent(
            space -> {
              spans.add(new Span.Words(" · Talk in "));
              spans.add(new Span.Room(space.channel(), space.name()));
            });
    new Orders(moment)
        .show(
            new Target.Direct(owner.ref()),
            SLOT + incident.id() + "/" + task.number() + "/" + task.revision(),
            "",
            Priority.PEOPLE,
            BotMessage.line(text)
                .withSections(List.of(new Section("", new Phrase(spans), Section.Style.PLAIN))));
  }
}
