// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Quotation;
import dev.muster.chat.UtcText;
import dev.muster.command.Intent;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.incident.Space;
import dev.muster.store.Aggregates;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes notes for the timeline and keeps the list of follow-ups. */
final class NotesDesk {

  private static final String SLOT = "action/";
  private static final String NOTED_BY = "action-noted-by/";

  private final HomeDesk homes;

  NotesDesk(HomeDesk homes) {
    this.homes = homes;
  }

  /** Writes a person's note; tells how its time was understood. */
  void note(Exchange exchange, Incident incident, Intent.AddToTimeline wish) {
    note(exchange, incident, wish, "", Optional.empty());
  }

  /**
   * Writes a note about a chosen message, which gets a receipt.
   *
   * @param tag what it is, one of {@link FormShapes#TAGS}; empty for none
   */
  void note(
      Exchange exchange,
      Incident incident,
      Intent.AddToTimeline wish,
      String tag,
      Optional<Quotation> about) {
    Instant now = exchange.moment().now();
    Instant at = wish.at().map(time -> time.at(now, zone(exchange))).orElse(now);
    if (at.isAfter(now)) {
      exchange.refuse(
          new Rejection(
              "future",
              UtcText.minute(at) + " has not come yet.",
              "For example: /incident timeline add -10m deploy 4711 finished"));
      return;
    }
    Facts.said(
        exchange.moment(),
        incident,
        new NewEntry(
            at,
            EntryKind.NOTE_ADDED,
            exchange.actor(),
            People.readable(exchange.moment(), wish.text()),
            tag,
            about.map(quoted -> quoted.message().id()).orElse(""),
            noted(tag, about)));
    Orders orders = new Orders(exchange.moment());
    exchange.message().ifPresent(message -> orders.react(incident.id(), message, "memo"));
    about.ifPresent(quoted -> orders.react(incident.id(), quoted.message(), "pushpin"));
    exchange.tell("Added to the timeline of " + incident.id() + " at " + UtcText.minute(at) + ".");
  }

  private static Map<String, Object> noted(String tag, Optional<Quotation> about) {
    Map<String, Object> data = new LinkedHashMap<>();
    if (!tag.isEmpty()) {
      data.put("tag", tag);
    }
    about.ifPresent(quoted -> data.put("author", quoted.author().name()));
    about.flatMap(Quotation::permalink).ifPresent(link -> data.put("permalink", link));
    return data;
  }

  private static ZoneId zone(Exchange exchange) {
    return exchange
        .by()
        .zone()
        .filter(name -> ZoneId.getAvailableZoneIds().contains(name))
        .map(ZoneId::of)
        .orElse(ZoneOffset.UTC);
  }

  /** Notes a follow-up. */
  void addAction(Exchange exchange, Incident incident, Intent.AddAction wish) {
    Optional<People.Found> owner = wish.owner().map(ref -> People.find(exchange, ref));
    Optional<Rejection> problem = owner.flatMap(People.Found::rejection);
    if (problem.isPresent()) {
      exchange.refuse(problem.get());
      return;
    }
    Aggregates<ActionItem> items = exchange.moment().tx().all(ActionItem.class);
    int number = items.of(incident.id()).size() + 1;
    LocalDate today = LocalDate.ofInstant(exchange.moment().now(), zone(exchange));
    Optional<Person> person = owner.flatMap(People.Found::person);
    ActionItem item =
        new ActionItem(
            incident.id(),
            number,
            wish.text(),
            person,
            wish.due().map(due -> due.on(today)),
            Optional.empty());
    items.save(key(incident, number), incident.id(), true, item);
    homes.changed(exchange.moment());
    exchange.write(
        incident.id(),
        exchange
            .fact(EntryKind.ACTION_ADDED, item.line())
            .about(String.valueOf(number))
            .with(values(item)));
    exchange.tell("Noted as action " + item.line() + ".");
    tie(exchange, incident, item);
  }

  /** Remembers where a check mark finishes the action; says it where nobody saw it noted. */
  private static void tie(Exchange exchange, Incident incident, ActionItem item) {
    String note = NOTED_BY + incident.id() + "/";
    String number = String.valueOf(item.number());
    exchange
        .message()
        .ifPresent(message -> exchange.moment().tx().keepNote(note + message, number));
    Optional<String> seen = exchange.message().map(message -> message.channel().platform());
    incident.spaces().stream()
        .map(Space::platform)
        .filter(platform -> !seen.equals(Optional.of(platform)))
        .forEach(platform -> show(exchange.moment(), incident, platform, item));
  }

  private static Map<String, Object> values(ActionItem item) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("number", item.number());
    values.put("text", item.text());
    item.owner().ifPresent(owner -> values.put("owner", owner.ref().toString()));
    item.owner().ifPresent(owner -> values.put("ownerName", owner.name()));
    item.due().ifPresent(due -> values.put("due", due.toString()));
    return values;
  }

  private static String key(Incident incident, int number) {
    return incident.id() + "/" + number;
  }

  /** Marks a follow-up as done. */
  void finishAction(Exchange exchange, Incident incident, int number) {
    Aggregates<ActionItem> items = exchange.moment().tx().all(ActionItem.class);
    Optional<ActionItem> item = items.find(key(incident, number));
    if (item.isEmpty()) {
      exchange.refuse(
          new Rejection(
              "unknown_action",
              incident.id() + " has no action " + number + ".",
              "See them all: /incident actions"));
      return;
    }
    Optional<String> moved = Moved.told(exchange.moment(), incident, Moved.ACTION, number);
    if (moved.isPresent()) {
      exchange.tell(moved.get());
      return;
    }
    boolean now = finish(exchange.moment(), incident, number, exchange.actor());
    exchange.tell("Action #" + number + (now ? " is done." : " is done already."));
  }

  /** Marks a follow-up as done; returns false when there is none or it was done before. */
  boolean finish(Moment moment, Incident incident, int number, Actor actor) {
    Aggregates<ActionItem> items = moment.tx().all(ActionItem.class);
    Optional<ActionItem> open =
        items
            .find(key(incident, number))
            .filter(item -> item.doneAt().isEmpty())
            .filter(item -> Moved.now(moment, incident, Moved.ACTION, number).isEmpty());
    if (open.isEmpty()) {
      return false;
    }
    ActionItem before = open.get();
    ActionItem done =
        new ActionItem(
            before.incident(),
            number,
            before.text(),
            before.owner(),
            before.due(),
            Optional.of(moment.now()));
    items.save(key(incident, number), incident.id(), false, done);
    homes.changed(moment);
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(moment.now(), EntryKind.ACTION_DONE, actor, "#" + number + " " + before.text())
            .about(String.valueOf(number))
            .with(Map.of("number", number)));
    for (Space space : incident.spaces()) {
      String target = incident.id() + "@" + space.platform();
      if (moment.tx().slots().find(target, SLOT + number).isPresent()) {
        show(moment, incident, space.platform(), done);
      }
    }
    return true;
  }

  /** Brings the open follow-ups over to another incident; returns how many. */
  int move(Moment moment, Incident from, Incident to, Actor actor) {
    Aggregates<ActionItem> items = moment.tx().all(ActionItem.class);
    List<ActionItem> open = items.openOf(from.id());
    for (ActionItem item : open) {
      int number = items.of(to.id()).size() + 1;
      ActionItem moved =
          new ActionItem(to.id(), number, item.text(), item.owner(), item.due(), Optional.empty());
      items.save(key(from, item.number()), from.id(), false, item);
      items.save(key(to, number), to.id(), true, moved);
      Map<String, Object> data = values(moved);
      data.put(Merged.ORIGIN, from.id().toString());
      Facts.append(
          moment,
          to.id(),
          NewEntry.of(moment.now(), EntryKind.ACTION_ADDED, actor, moved.line())
              .about(String.valueOf(number))
              .with(data));
      Moved.Item before = new Moved.Item(Moved.ACTION, item.number());
      Moved.write(moment, from, before, to, number, actor);
    }
    homes.changed(moment);
    return open.size();
  }

  /** Says an action where the command that noted it was seen by nobody else. */
  private static void show(Moment moment, Incident incident, String platform, ActionItem item) {
    String hint = item.doneAt().isPresent() ? "." : ". React with a check mark when it is done.";
    new Orders(moment)
        .show(
            incident.id(),
            platform,
            SLOT + item.number(),
            Priority.CARDS,
            BotMessage.line(incident.id() + " action " + item.line() + hint));
  }

  /** Returns the number of the action that a message noted or shows. */
  Optional<Integer> actionOn(Moment moment, Incident incident, MessageRef message) {
    return moment
        .tx()
        .note(NOTED_BY + incident.id() + "/" + message)
        .or(() -> Traces.inSlot(moment, incident, message, SLOT))
        .map(Integer::valueOf);
  }

  /** Returns the follow-ups of an incident as lines. */
  static List<String> lines(Moment moment, Incident incident) {
    return moment.tx().all(ActionItem.class).of(incident.id()).stream()
        .map(
            item ->
                item.line()
                    + Moved.now(moment, incident, Moved.ACTION, item.number())
                        .map(now -> ", now " + now)
                        .orElse(""))
        .toList();
  }
}
