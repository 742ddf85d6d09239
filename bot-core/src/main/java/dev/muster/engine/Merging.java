// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Space;
import dev.muster.store.ActionStore.Use;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings over what a duplicate had to the incident that stays: its people and subscribers, what was
 * said, open tasks and actions, its alerts. Both channels are told. All of it is one decision; what
 * was brought over stays when the duplicate is taken up again.
 */
final class Merging {

  private final IncidentLifecycle lifecycle;
  private final NotesDesk notes;
  private final TaskDesk tasks;
  private final AlertIncidents alerts;
  private final Tokens tokens;

  Merging(IncidentLifecycle lifecycle, NotesDesk notes, TaskDesk tasks, Tokens tokens) {
    this.lifecycle = lifecycle;
    this.notes = notes;
    this.tasks = tasks;
    this.alerts = new AlertIncidents(lifecycle, new AlertCards(tokens));
    this.tokens = tokens;
  }

  /**
   * How much came along.
   *
   * @param people how many became members
   * @param tasks how many open tasks
   * @param actions how many open actions
   * @param alerts how many alerts
   * @param left how many older entries stay on the duplicate's own timeline
   */
  record Haul(int people, int tasks, int actions, int alerts, int left) {

    String words() {
      List<String> parts = new ArrayList<>();
      add(parts, people, "person", "people");
      add(parts, tasks, "open task", "open tasks");
      add(parts, actions, "open action", "open actions");
      add(parts, alerts, "alert", "alerts");
      return parts.isEmpty() ? "" : " Came along: " + String.join(", ", parts) + ".";
    }

    private static void add(List<String> parts, int count, String one, String many) {
      if (count > 0) {
        parts.add(count + " " + (count == 1 ? one : many));
      }
    }
  }

  /** Brings over what {@code source} has, which is about to be closed as a duplicate. */
  Haul carry(Exchange exchange, Incident source, Incident before, String reason) {
    Moment moment = exchange.moment();
    Actor actor = exchange.actor();
    Merged.begin(moment, source.id(), before.id());
    List<IncidentEvent> joining = people(moment, source, before);
    Incident target = lifecycle.record(moment, before, joining, actor, "merged " + source.id());
    Subscriptions.follow(moment, source.id(), target);
    int left = Merged.copy(moment, source, target);
    int open = tasks.move(moment, source, target, actor);
    int items = notes.move(moment, source, target, actor);
    int stated = alerts.move(moment, source.id(), target.id());
    Haul haul = new Haul(joining.size(), open, items, stated, left);
    Facts.append(moment, target.id(), fact(moment, actor, source, haul).because(reason));
    lifecycle.showAnew(moment, target);
    return haul;
  }

  /** Tells both channels, and whoever did it, once the duplicate is closed. */
  void tell(Exchange exchange, Incident source, Incident target, Haul haul) {
    tellSource(exchange.moment(), source, target);
    tellTarget(exchange.moment(), source, target, exchange.actor(), haul);
    exchange.tell(
        "Merged "
            + source.id()
            + " into "
            + target.id()
            + "."
            + haul.words()
            + worse(source, target)
            + " To undo: /incident "
            + source.id()
            + " reopen it is another matter");
  }

  /** Returns how the slots begin that tell the channels of others of a merged incident. */
  static String toldSlot(IncidentId told) {
    return "merged/" + told + "/";
  }

  /** Whoever worked on the duplicate works on the other one now. */
  private static List<IncidentEvent> people(Moment moment, Incident source, Incident target) {
    return source.members().stream()
        .filter(user -> !target.members().contains(user))
        .filter(user -> Entrance.mayEnter(moment.tx().people(), user))
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .<IncidentEvent>map(user -> new IncidentEvent.MemberAdded(People.known(moment, user)))
        .toList();
  }

  private static NewEntry fact(Moment moment, Actor actor, Incident source, Haul haul) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("source", source.id().toString());
    data.put("title", source.title());
    data.put("severity", source.severity().name());
    data.put("people", haul.people());
    data.put("tasks", haul.tasks());
    data.put("actions", haul.actions());
    data.put("alerts", haul.alerts());
    data.put("left", haul.left());
    String older =
        haul.left() == 0 ? "" : " " + haul.left() + " older entries are on its own timeline alone.";
    return NewEntry.of(
            moment.now(),
            EntryKind.INCIDENT_MERGED,
            actor,
            source.id() + " “" + source.title() + "” was merged into this one." + older)
        .about(source.id().toString())
        .with(data);
  }

  private static String worse(Incident source, Incident target) {
    return source.severity().isWorseThan(target.severity())
        ? " "
            + source.id()
            + " was "
            + source.severity()
            + ", "
            + target.id()
            + " is "
            + target.severity()
            + "; to raise it: /incident "
            + target.id()
            + " severity "
            + source.severity()
            + "."
        : "";
  }

  private void tellSource(Moment moment, Incident source, Incident target) {
    String slot = toldSlot(target.id()) + source.version();
    for (Space space : source.spaces()) {
      List<Span> spans = new ArrayList<>();
      spans.add(new Span.Words(source.id() + " is a duplicate of "));
      spans.add(link(moment, target.id()));
      spans.add(new Span.Words(" “" + target.title() + "”. Go on "));
      Optional<Space> there = target.spaceOn(space.platform());
      spans.add(
          there
              .<Span>map(room -> new Span.Room(room.channel(), room.name()))
              .orElseGet(() -> new Span.Words("there")));
      ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(target.id()));
      new Orders(moment)
          .show(
              source.id(),
              space.platform(),
              slot,
              Priority.CARDS,
              BotMessage.line(
                      source.id()
                          + " is a duplicate of "
                          + target.id()
                          + " “"
                          + target.title()
                          + "”. Go on there"
                          + there.map(room -> ", in #" + room.name()).orElse("")
                          + ".")
                  .withSections(List.of(new Section("", new Phrase(spans), Section.Style.PLAIN)))
                  .withButtons(
                      List.of(
                          mint.primary(
                              "Join " + target.id(), Press.JOIN, Use.REPEATEDLY, Map.of()))));
    }
  }

  private static void tellTarget(
      Moment moment, Incident source, Incident target, Actor actor, Haul haul) {
    String line =
        actor.name()
            + " merged "
            + source.id()
            + " “"
            + source.title()
            + "” into this incident."
            + haul.words()
            + worse(source, target);
    Phrase said =
        Phrase.of(
            new Span.Words(target.id() + " · " + line + " What was said there: "),
            link(moment, source.id()));
    say(moment, target, toldSlot(source.id()) + source.version(), line, said);
  }

  private static Span link(Moment moment, IncidentId id) {
    return new Span.Link(id.toString(), moment.settings().publicUrl() + "/incidents/" + id);
  }

  private static void say(
      Moment moment, Incident incident, String slot, String line, Phrase shown) {
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(
              incident.id(),
              platform,
              slot,
              Priority.CARDS,
              BotMessage.line(incident.id() + " · " + line)
                  .withSections(List.of(new Section("", shown, Section.Style.PLAIN))));
    }
  }

  /** A duplicate was taken up again: nothing follows from now on; what came along stays. */
  void separate(Exchange exchange, Incident merged) {
    Moment moment = exchange.moment();
    Optional<Incident> target =
        Merged.into(moment, merged).flatMap(id -> moment.tx().incidents().find(id));
    if (target.isEmpty()) {
      return;
    }
    Merged.end(moment, merged.id(), target.get().id());
    String line =
        merged.id() + " is taken up again on its own. What came along from it stays here.";
    Facts.append(
        moment,
        target.get().id(),
        NewEntry.of(moment.now(), EntryKind.INCIDENT_SEPARATED, exchange.actor(), line)
            .about(merged.id().toString())
            .with(Map.of("source", merged.id().toString())));
    lifecycle.showAnew(moment, target.get());
    say(
        moment,
        target.get(),
        "separated/" + merged.version(),
        line,
        Phrase.of(target.get().id() + " · " + line));
    exchange.tell(
        merged.id()
            + " is open again. What went to "
            + target.get().id()
            + " stays there: people, tasks, actions and alerts.");
  }
}
