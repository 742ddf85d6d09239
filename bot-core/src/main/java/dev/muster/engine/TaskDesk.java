// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Section;
import dev.muster.command.PersonRef;
import dev.muster.command.TaskIntent;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentCommand;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentTask;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps what is to be done while an incident lasts: who has it, and whether it is done. */
final class TaskDesk {

  private static final String NOTED_BY = "task-noted-by/";

  private final IncidentLifecycle lifecycle;
  private final Tokens tokens;

  TaskDesk(IncidentLifecycle lifecycle, Tokens tokens) {
    this.lifecycle = lifecycle;
    this.tokens = tokens;
  }

  /** Notes a task; whoever gets it is told and comes into the channel. */
  void add(Exchange exchange, Incident incident, TaskIntent.AddTask wish) {
    Optional<People.Found> found = wish.owner().map(ref -> owner(exchange, incident, ref));
    Optional<Rejection> problem =
        IncidentDecisions.closed(incident).or(() -> found.flatMap(People.Found::rejection));
    if (problem.isPresent()) {
      exchange.refuse(problem.get());
      return;
    }
    Moment moment = exchange.moment();
    int number = OpenTasks.all(moment).of(incident.id()).size() + 1;
    Optional<Person> owner = found.flatMap(People.Found::person);
    String text = People.readable(moment, wish.text());
    IncidentTask task = new IncidentTask(incident.id(), number, text, owner, Optional.empty(), 1);
    exchange
        .message()
        .ifPresent(
            message ->
                moment
                    .tx()
                    .keepNote(NOTED_BY + incident.id() + "/" + message, String.valueOf(number)));
    exchange.tell("Noted as task " + task.line() + ".");
    keep(exchange, incident, task, exchange.fact(EntryKind.TASK_ADDED, task.line()));
  }

  /** Nobody learns of a private incident by a task. */
  private static People.Found owner(Exchange exchange, Incident incident, PersonRef wanted) {
    People.Found found = People.find(exchange, wanted);
    boolean outside =
        found.person().filter(person -> !incident.visibleTo(Optional.of(person.ref()))).isPresent();
    return outside
        ? People.Found.nobody(
            "not_a_member",
            found.person().orElseThrow().name()
                + " is not in "
                + incident.id()
                + ", which is private.",
            "Invite them first: /incident invite @" + found.person().orElseThrow().name())
        : found;
  }

  /** Gives a task to whoever asks, unless somebody else has it. */
  void take(Exchange exchange, Incident incident, int number) {
    Optional<IncidentTask> task = open(exchange, incident, number);
    Optional<Person> holder = task.flatMap(IncidentTask::owner);
    if (holder.filter(person -> !isActor(exchange, person)).isPresent()) {
      exchange.refuse(
          new Rejection(
              "taken",
              holder.get().name() + " has task #" + number + " already.",
              "To take it over: /incident task give " + number + " me"));
      return;
    }
    task.ifPresent(free -> give(exchange, incident, free, Optional.of(exchange.by().person())));
  }

  /** Gives a task to somebody, or to nobody. */
  void give(Exchange exchange, Incident incident, TaskIntent.GiveTask wish) {
    Optional<IncidentTask> task = open(exchange, incident, wish.number());
    if (task.isEmpty()) {
      return;
    }
    Optional<People.Found> found = wish.owner().map(ref -> owner(exchange, incident, ref));
    found
        .flatMap(People.Found::rejection)
        .ifPresentOrElse(
            exchange::refuse,
            () -> give(exchange, incident, task.get(), found.flatMap(People.Found::person)));
  }

  private void give(
      Exchange exchange, Incident incident, IncidentTask task, Optional<Person> owner) {
    String number = "Task #" + task.number();
    if (owner.map(Person::ref).equals(task.owner().map(Person::ref))) {
      exchange.tell(
          owner
              .map(
                  person ->
                      isActor(exchange, person)
                          ? "You have task #" + task.number() + " already."
                          : person.name() + " has task #" + task.number() + " already.")
              .orElse("Nobody has task #" + task.number() + " anyway."));
      return;
    }
    IncidentTask now = task.givenTo(owner);
    String who = owner.map(person -> person.name() + " has it.").orElse("Nobody has it any more.");
    EntryKind kind = owner.isPresent() ? EntryKind.TASK_ASSIGNED : EntryKind.TASK_RELEASED;
    keep(
        exchange,
        incident,
        now,
        exchange.fact(kind, "#" + task.number() + " " + task.text() + ": " + who));
    exchange.tell(
        owner
            .map(person -> isActor(exchange, person) ? number + " is yours." : number + ": " + who)
            .orElse(number + ": nobody has it now."));
  }

  private static boolean isActor(Exchange exchange, Person person) {
    return exchange.selves().contains(person.ref());
  }

  /** Returns a task that can be worked on; tells why there is none. */
  private static Optional<IncidentTask> open(Exchange exchange, Incident incident, int number) {
    Moment moment = exchange.moment();
    Optional<Rejection> closed = IncidentDecisions.closed(incident);
    Optional<IncidentTask> task = OpenTasks.all(moment).find(key(incident, number));
    Optional<String> moved = Moved.told(moment, incident, Moved.TASK, number);
    if (moved.isPresent()) {
      exchange.tell(moved.get());
    } else if (closed.isPresent()) {
      exchange.refuse(closed.get());
    } else if (task.isEmpty()) {
      exchange.refuse(
          new Rejection(
              "unknown_task",
              incident.id() + " has no task " + number + ".",
              "See them all: /incident task"));
    } else if (!task.get().open()) {
      exchange.tell("Task #" + number + " is done already.");
    } else {
      return task;
    }
    return Optional.empty();
  }

  /** Marks a task as done. */
  void finish(Exchange exchange, Incident incident, int number) {
    Optional<IncidentTask> task = open(exchange, incident, number);
    if (task.isPresent()) {
      finish(exchange.moment(), incident, task.get(), exchange.actor());
      exchange.tell("Task #" + number + " is done.");
    }
  }

  /** Marks a task as done by a mark on its message; returns false when nothing changed. */
  boolean finish(Moment moment, Incident incident, int number, Actor actor) {
    Optional<IncidentTask> open =
        OpenTasks.all(moment)
            .find(key(incident, number))
            .filter(IncidentTask::open)
            .filter(task -> Moved.now(moment, incident, Moved.TASK, number).isEmpty());
    boolean may = open.isPresent() && IncidentDecisions.closed(incident).isEmpty();
    if (may) {
      finish(moment, incident, open.get(), actor);
    }
    return may;
  }

  private void finish(Moment moment, Incident incident, IncidentTask task, Actor actor) {
    IncidentTask done = task.done(moment.now());
    String text = "#" + task.number() + " " + task.text();
    save(moment, incident, done, NewEntry.of(moment.now(), EntryKind.TASK_DONE, actor, text));
    show(moment, incident, done);
  }

  private void keep(Exchange exchange, Incident incident, IncidentTask task, NewEntry fact) {
    Moment moment = exchange.moment();
    save(moment, incident, task, fact);
    Incident now = incident;
    if (task.owner().isPresent()) {
      Person owner = task.owner().get();
      IncidentCommand add = new IncidentCommand.AddMembers(List.of(owner));
      now = lifecycle.change(moment, incident, add, exchange.actor(), "").incident();
      if (!isActor(exchange, owner)) {
        new TaskCards(moment, tokens, now).tell(task, owner, exchange.by().person().name());
      }
    }
    show(moment, now, task);
  }

  private void show(Moment moment, Incident incident, IncidentTask task) {
    new TaskCards(moment, tokens, incident).show(task);
    lifecycle.showAnew(moment, incident);
    HomeDesk.changedForAll(moment);
  }

  private static void save(Moment moment, Incident incident, IncidentTask task, NewEntry fact) {
    OpenTasks.all(moment).save(key(incident, task.number()), incident.id(), task.open(), task);
    Map<String, Object> data = new LinkedHashMap<>(fact.data());
    data.put("number", task.number());
    data.put("text", task.text());
    task.owner().ifPresent(owner -> data.put("owner", owner.ref().toString()));
    task.owner().ifPresent(owner -> data.put("ownerName", owner.name()));
    Facts.append(moment, incident.id(), fact.about(String.valueOf(task.number())).with(data));
  }

  private static String key(Incident incident, int number) {
    return incident.id() + "/" + number;
  }

  /** Brings the open tasks over to another incident; returns how many. */
  int move(Moment moment, Incident from, Incident to, Actor actor) {
    List<IncidentTask> open = OpenTasks.all(moment).openOf(from.id());
    for (IncidentTask task : open) {
      int number = OpenTasks.all(moment).of(to.id()).size() + 1;
      IncidentTask moved =
          new IncidentTask(to.id(), number, task.text(), task.owner(), Optional.empty(), 1);
      OpenTasks.all(moment).save(key(from, task.number()), from.id(), false, task);
      NewEntry fact = NewEntry.of(moment.now(), EntryKind.TASK_ADDED, actor, moved.line());
      save(moment, to, moved, fact.with(Map.of(Merged.ORIGIN, from.id().toString())));
      Moved.Item before = new Moved.Item(Moved.TASK, task.number());
      Moved.write(moment, from, before, to, number, actor);
      new TaskCards(moment, tokens, from).show(task);
      new TaskCards(moment, tokens, to).show(moved);
    }
    return open.size();
  }

  /** Carries out a press on the card of a task. */
  void pressed(Exchange exchange, Incident incident, ButtonAction action) {
    int number = Integer.parseInt(action.arguments().get("number"));
    if (action.action().equals(Press.TASK_TAKE)) {
      take(exchange, incident, number);
    } else {
      finish(exchange, incident, number);
    }
  }

  /** Returns the number of the task that a message noted or shows. */
  Optional<Integer> taskOn(Moment moment, Incident incident, MessageRef message) {
    return moment
        .tx()
        .note(NOTED_BY + incident.id() + "/" + message)
        .or(() -> Traces.inSlot(moment, incident, message, TaskCards.SLOT))
        .map(Integer::valueOf);
  }

  /** Lists the tasks, done ones last. */
  void list(Exchange exchange, Incident incident) {
    List<IncidentTask> tasks = OpenTasks.all(exchange.moment()).of(incident.id());
    if (tasks.isEmpty()) {
      exchange.tell(
          incident.id() + " has no tasks yet. To note one: /incident task restart the queue @li");
      return;
    }
    List<IncidentTask> open = OpenTasks.all(exchange.moment()).openOf(incident.id());
    List<Section> sections =
        Stream.concat(open.stream(), tasks.stream().filter(task -> !open.contains(task)))
            .map(task -> Section.of(line(exchange.moment(), incident, task)))
            .toList();
    exchange.tell(
        BotMessage.card(
                open.size() + " of " + tasks.size() + " tasks of " + incident.id() + " are open.",
                "Tasks of " + incident.id())
            .withSections(sections));
  }

  private static String line(Moment moment, Incident incident, IncidentTask task) {
    return task.line()
        + Moved.now(moment, incident, Moved.TASK, task.number())
            .map(now -> ", now " + now)
            .orElse("");
  }

  /** Tells whoever resolved an incident what was left to do. */
  void remind(Exchange exchange, Incident incident) {
    OpenTasks.named(exchange.moment(), incident)
        .ifPresent(
            left ->
                exchange.tell(
                    incident.id()
                        + " is resolved with open tasks: "
                        + left
                        + ". To finish one: /incident task done "
                        + OpenTasks.first(exchange.moment(), incident)
                        + ". What can wait is a follow-up:"
                        + " /incident action add an alert @li"));
  }
}
