// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.fill;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.store.AlertRecord;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.IncidentFacts;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills a store the way the bot does, only in larger units of work: incidents by their facts,
 * everything else through the ports of the store, so that chains, rows and indexes are what they
 * would be after months of work. The same size says the same words at the same times.
 */
final class Filler {

  /** The first fact. */
  static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int AT_ONCE = 5_000;
  private static final long SEED = 20260105L;
  private static final String[] NAMES = {"ada", "li", "noor", "tomas", "yuki", "wanjiru"};

  private final UnitOfWork store;
  private final StoreSize size;
  private final String platform;
  private final Talk talk = new Talk(SEED);
  private Instant now = BEGIN;
  private long written;

  Filler(UnitOfWork store, StoreSize size, String platform) {
    this.store = store;
    this.size = size;
    this.platform = platform;
  }

  void fill() {
    inPortions(1, this::begin);
    inPortions(size.largest(), (tx, number) -> entry(tx, new IncidentId(1), number));
    inPortions(
        size.incidents(),
        (tx, number) -> {
          if (number > 1) {
            begin(tx, number);
          }
          for (int i = size.spreadOn(number); i > 0; i--) {
            entry(tx, new IncidentId(number), i);
          }
          end(tx, number);
        });
    inPortions(size.alerts(), this::alert);
    inPortions(size.effects(), this::effect);
  }

  /** Puts a thing into a transaction. */
  private interface Thing {
    void put(Tx tx, int number);
  }

  private void inPortions(int all, Thing thing) {
    int[] next = {1};
    while (next[0] <= all) {
      store.run(
          tx -> {
            long until = written + AT_ONCE;
            while (next[0] <= all && written < until) {
              thing.put(tx, next[0]++);
            }
            return true;
          });
    }
  }

  private void begin(Tx tx, int number) {
    Actor who = person(number);
    IncidentId id = new IncidentId(number);
    IncidentEvent.Declared declared =
        new IncidentEvent.Declared(
            id,
            talk.next(),
            Severity.values()[number % Severity.values().length],
            List.of("checkout"),
            number % StoreSize.PRIVATE_EVERY == 0,
            false,
            Optional.empty());
    tell(tx, id, declared, who);
    Incident incident = IncidentHistory.begin(declared, who, now);
    for (IncidentEvent event : opening(id, who)) {
      incident = after(tx, incident, event, who);
    }
    tx.incidents().save(incident);
  }

  private List<IncidentEvent> opening(IncidentId id, Actor who) {
    ChannelRef channel = new ChannelRef(platform, "C%07d".formatted(id.number()));
    Space space = new Space(channel, "inc-" + id.number(), "https://chat.example/" + channel.id());
    return List.of(
        new IncidentEvent.RoleAssigned(Role.COMMANDER, who.human().orElseThrow(), Optional.empty()),
        new IncidentEvent.SpaceOpened(space));
  }

  private void end(Tx tx, int number) {
    if (size.isOpen(number)) {
      return;
    }
    Incident incident = tx.incidents().find(new IncidentId(number)).orElseThrow();
    Actor who = person(number);
    IncidentEvent resolved =
        new IncidentEvent.StatusChanged(
            incident.status(), IncidentStatus.RESOLVED, Optional.empty());
    IncidentEvent closed =
        new IncidentEvent.StatusChanged(
            IncidentStatus.RESOLVED,
            IncidentStatus.CLOSED,
            Optional.of(new Closing(Closing.Reason.COMPLETED, Optional.empty())));
    tx.incidents().save(after(tx, after(tx, incident, resolved, who), closed, who));
    append(
        tx,
        incident.id(),
        NewEntry.of(now, EntryKind.POSTMORTEM_DRAFTED, new Actor.Bot(), "The draft is there."));
  }

  private Incident after(Tx tx, Incident incident, IncidentEvent event, Actor who) {
    tell(tx, incident.id(), event, who);
    return IncidentHistory.after(incident, event, who, now);
  }

  private void tell(Tx tx, IncidentId id, IncidentEvent event, Actor who) {
    now = now.plus(STEP);
    IncidentFacts.entry(event, who, now).ifPresent(entry -> append(tx, id, entry));
  }

  private void append(Tx tx, IncidentId id, NewEntry entry) {
    written++;
    tx.timeline().append(Stream.of(id), entry, now);
  }

  /** Mostly messages, as it is; a note now and then, reactions, alerts and words of the bot. */
  private void entry(Tx tx, IncidentId id, int number) {
    now = now.plus(STEP);
    String ref = platform + ":C%07d/m%09d".formatted(id.number(), written);
    Actor who = person(number);
    NewEntry entry =
        switch (number % 20) {
          case 1 -> new NewEntry(now, EntryKind.REACTION_ADDED, who, "eyes", "", ref, Map.of());
          case 2 -> NewEntry.of(now, EntryKind.BOT_POSTED, new Actor.Bot(), talk.next());
          case 3 ->
              number % 1_000 == 3
                  ? NewEntry.of(now, EntryKind.NOTE_ADDED, who, talk.next())
                  : message(who, ref);
          default -> message(who, ref);
        };
    append(tx, id, entry);
  }

  private NewEntry message(Actor who, String ref) {
    return new NewEntry(
        now, EntryKind.MESSAGE_LOGGED, who, talk.next(), "", ref, Map.of("thread", "m1"));
  }

  private void alert(Tx tx, int number) {
    now = now.plus(STEP);
    IncidentId id = openIncident(number);
    Map<String, String> labels =
        Map.of("alertname", "Slow", "instance", "host" + number, "severity", "warning");
    Alert alert =
        new Alert(
            AlertKey.ofLabels("bench", labels),
            Alert.Status.FIRING,
            talk.next(),
            "warning",
            labels,
            Map.of("summary", talk.next()),
            now,
            Optional.empty(),
            "https://monitoring.example/" + number,
            List.of());
    String key = "01FILLALERT%015d".formatted(number);
    tx.alerts()
        .save(
            new AlertRecord(
                key,
                alert,
                Optional.of(id),
                "bench/" + id,
                "attached_to_group",
                1,
                now,
                now,
                Optional.empty()));
    NewEntry entry =
        NewEntry.of(now, EntryKind.ALERT_ATTACHED, new Actor.AlertSource("bench"), alert.title());
    append(tx, id, entry.about(key));
  }

  private void effect(Tx tx, int number) {
    written++;
    IncidentId id = openIncident(number);
    String slot = "filled/" + number;
    tx.effects()
        .add(
            new NewEffect(
                new Effect.ShowMessage(
                    new Target.InIncident(id, platform), slot, "", BotMessage.line(talk.next())),
                id + "/" + platform + "/slot/" + slot,
                Priority.CARDS,
                Optional.of(id),
                "",
                now));
  }

  private IncidentId openIncident(int number) {
    return new IncidentId(size.incidents() - number % size.open());
  }

  private Actor person(int number) {
    String name = NAMES[number % NAMES.length];
    return new Actor.Human(new Person(new UserRef(platform, "U" + name), name));
  }
}
