// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Button;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.Role;
import dev.muster.store.ActionStore.Use;
import dev.muster.store.Timers.Timer;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Notices that nobody exercises command. A sign of life is whatever the timeline has of the
 * commander: a message, a press, a command. All there is to remember lies in one timer.
 *
 * <pre>
 * heard ──silent-after──► asked privately ──5 min──► told in the channel, others are asked
 *   ▲                          │                          │
 *   └──────────heard───────────┴───────────heard──────────┘
 * </pre>
 */
final class CommandWatch {

  /** How long a silent commander has to answer before others learn of it. */
  static final Duration GRACE = Duration.ofMinutes(5);

  private static final int PAGE = 2_000;
  private static final String STAGE = "stage";
  private static final String ASKED = "asked";
  private static final String TOLD = "told";
  private static final String COMMANDER = "commander";
  private static final String LAST = "last";
  private static final String SEQ = "seq";

  private final Tokens tokens;

  CommandWatch(Tokens tokens) {
    this.tokens = tokens;
  }

  private static Optional<Timer> timer(Moment moment, Incident incident) {
    return moment.tx().timers().find(TimerKinds.COMMAND_WATCH, incident.id().toString());
  }

  private static Optional<Duration> silentAfter(Moment moment, Incident incident) {
    return incident.status().isOpen()
        ? moment.settings().rule(incident.severity()).silentAfter()
        : Optional.empty();
  }

  /** Begins to watch whoever is in command now; of somebody who is watched, goes on. */
  static void plan(Moment moment, Incident incident) {
    Optional<Person> commander = incident.commander();
    Optional<Timer> before =
        timer(moment, incident).filter(t -> commander.filter(c -> isAbout(t, c)).isPresent());
    if (before.isEmpty()) {
      commander.ifPresent(now -> taken(moment, incident, now.name() + " is in command."));
    }
    Optional<Duration> after = silentAfter(moment, incident);
    if (commander.isEmpty() || after.isEmpty()) {
      moment.tx().timers().cancel(TimerKinds.COMMAND_WATCH, incident.id().toString());
    } else if (before.isEmpty() || before.get().details().get(STAGE).isEmpty()) {
      Instant last = before.map(t -> Instant.parse(t.details().get(LAST))).orElse(moment.now());
      long seq =
          before
              .map(t -> Long.parseLong(t.details().get(SEQ)))
              .orElseGet(() -> moment.tx().timeline().lastSeq(Stream.of(incident.id())));
      set(moment, incident, new Seen(commander.get(), last, seq), "", last.plus(after.get()));
    }
  }

  private static boolean isAbout(Timer timer, Person commander) {
    return commander.ref().toString().equals(timer.details().get(COMMANDER));
  }

  /** When a commander was heard last, and how far the timeline was read for that. */
  private record Seen(Person commander, Instant last, long seq) {}

  private static void set(Moment moment, Incident incident, Seen seen, String stage, Instant due) {
    Map<String, String> details =
        Map.of(
            STAGE,
            stage,
            COMMANDER,
            seen.commander().ref().toString(),
            LAST,
            seen.last().toString(),
            SEQ,
            String.valueOf(seen.seq()));
    moment
        .tx()
        .timers()
        .set(
            new Timer(
                TimerKinds.COMMAND_WATCH,
                incident.id().toString(),
                Optional.of(incident.id()),
                due,
                details));
  }

  /** Fires when a commander may have been silent for too long. */
  void due(Moment moment, Timer timer) {
    Optional<Incident> found = timer.incident().flatMap(id -> moment.tx().incidents().find(id));
    Optional<Person> commander = found.flatMap(Incident::commander);
    Optional<Duration> after = found.flatMap(incident -> silentAfter(moment, incident));
    if (commander.isEmpty() || after.isEmpty()) {
      return;
    }
    Incident incident = found.get();
    if (!isAbout(timer, commander.get())) {
      plan(moment, incident);
      return;
    }
    Seen seen = heard(moment, incident, commander.get(), timer);
    String stage = timer.details().get(STAGE);
    Duration quiet = Duration.between(seen.last(), moment.now());
    if (quiet.compareTo(after.get()) < 0) {
      heardAgain(moment, incident, seen, after.get());
      return;
    }
    if (stage.isEmpty()) {
      ask(moment, incident, commander.get(), quiet);
    } else if (stage.equals(ASKED)) {
      String what = "nothing was heard from " + commander.get().name() + ", in command, for ";
      tell(moment, incident, commander, what + UtcText.duration(quiet));
    }
    String next = stage.isEmpty() ? ASKED : TOLD;
    set(moment, incident, seen, next, moment.now().plus(GRACE));
  }

  private static void heardAgain(Moment moment, Incident incident, Seen seen, Duration after) {
    taken(moment, incident, seen.commander().name() + " was heard again and is in command.");
    set(moment, incident, seen, "", seen.last().plus(after));
  }

  /** Reads what the timeline has of the commander since the last look. */
  private static Seen heard(Moment moment, Incident incident, Person commander, Timer timer) {
    Instant last = Instant.parse(timer.details().get(LAST));
    long seq = Long.parseLong(timer.details().get(SEQ));
    Stream stream = Stream.of(incident.id());
    Set<String> selves =
        Identities.of(moment.tx(), commander.ref()).stream()
            .map(UserRef::toString)
            .collect(Collectors.toSet());
    List<TimelineEntry> news = moment.tx().timeline().read(stream, seq, PAGE, Set.of());
    while (!news.isEmpty()) {
      for (TimelineEntry entry : news) {
        boolean theirs = selves.contains(entry.actor().id());
        last = theirs && entry.occurredAt().isAfter(last) ? entry.occurredAt() : last;
      }
      seq = news.get(news.size() - 1).seq();
      news = moment.tx().timeline().read(stream, seq, PAGE, Set.of());
    }
    return new Seen(commander, last, seq);
  }

  private void ask(Moment moment, Incident incident, Person commander, Duration quiet) {
    String slot = "command-asked/" + incident.id() + "/" + moment.now();
    ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
    String text =
        "Nothing was heard from you in "
            + incident.id()
            + " “"
            + incident.title()
            + "” for "
            + UtcText.duration(quiet)
            + ". Are you still in command? In 5 min the channel is told. To hand over: /incident "
            + incident.id()
            + " commander @li";
    new Orders(moment)
        .show(
            new Target.Direct(commander.ref()),
            slot,
            "",
            Priority.PAGING,
            BotMessage.card(text, "Command of " + incident.id())
                .withTone(Tone.WARNING)
                .withButtons(
                    List.of(
                        mint.primary("I am here", Press.HERE, Use.ONCE, Map.of()),
                        mint.button("Write update", Press.UPDATE, Use.REPEATEDLY, Map.of()))));
    Facts.bot(
        moment,
        incident.id(),
        EntryKind.BOT_POSTED,
        "Asked "
            + commander.name()
            + " privately whether they are still in command: nothing was heard for "
            + UtcText.duration(quiet)
            + ".",
        Map.of("slot", slot, "platform", commander.ref().platform()));
  }

  /** Answers a commander who says that they are there; the press itself is the sign. */
  static void here(Exchange exchange, Incident incident) {
    Moment moment = exchange.moment();
    lately(moment, incident)
        .ifPresent(
            seen ->
                silentAfter(moment, incident)
                    .ifPresent(after -> heardAgain(moment, incident, seen, after)));
    boolean commands =
        incident.commander().filter(now -> exchange.selves().contains(now.ref())).isPresent();
    exchange.tell(
        commands
            ? "Good. You are in command of " + incident.id() + "."
            : "You are not in command of "
                + incident.id()
                + ". To take it: /incident "
                + incident.id()
                + " commander me");
  }

  /** Somebody who commanded is gone: everybody learns that command is vacant. */
  void vacated(Moment moment, Incident incident, Person who, String why) {
    if (incident.status().isOpen() && incident.commander().isEmpty()) {
      tell(moment, incident, Optional.empty(), who.name() + " " + why);
    }
  }

  /** Returns whether the commander was asked, did not answer until now, and others were told. */
  static boolean isSilent(Moment moment, Incident incident) {
    return watched(moment, incident).filter(t -> t.details().get(STAGE).equals(TOLD)).isPresent()
        && lately(moment, incident).isEmpty();
  }

  private static Optional<Timer> watched(Moment moment, Incident incident) {
    return timer(moment, incident)
        .filter(t -> incident.commander().filter(c -> isAbout(t, c)).isPresent());
  }

  /** Returns when a commander who is watched was heard, unless that was too long ago. */
  private static Optional<Seen> lately(Moment moment, Incident incident) {
    return silentAfter(moment, incident)
        .flatMap(
            after ->
                watched(moment, incident)
                    .map(t -> heard(moment, incident, incident.commander().orElseThrow(), t))
                    .filter(seen -> moment.now().isBefore(seen.last().plus(after))));
  }

  private void tell(Moment moment, Incident incident, Optional<Person> silent, String what) {
    List<Person> others = others(moment, incident, silent);
    String asked =
        others.isEmpty()
            ? " Nobody is on call to take it."
            : " Asked " + EscalationWords.names(others) + ".";
    String text =
        (silent.isEmpty() ? "Command is vacant: " : "The commander is silent: ")
            + what
            + ". Whoever can, take command."
            + asked;
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(
                moment.now(),
                EntryKind.HANDOVER_OFFERED,
                new Actor.Bot(),
                "Command of " + incident.id() + " was offered to everybody: " + what + "." + asked)
            .because(silent.isEmpty() ? "vacant" : "silent")
            .with(Map.of("people", others.stream().map(p -> p.ref().toString()).toList())));
    show(moment, incident, text, others);
  }

  private void show(Moment moment, Incident incident, String text, List<Person> others) {
    String occasion = "command/" + moment.now();
    moment.tx().keepNote(bannerNote(incident), occasion);
    BotMessage everybody = banner(moment, incident, occasion, text).withMentions(others);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment).show(incident.id(), platform, occasion, Priority.PAGING, everybody);
    }
    for (Person person : others) {
      String title = incident.id() + " “" + incident.title() + "”: ";
      Summons.letIn(moment, incident, person);
      Summons.ask(
          moment,
          incident,
          person,
          Summons.directSlot(incident, occasion),
          banner(moment, incident, occasion, title + text));
    }
  }

  private BotMessage banner(Moment moment, Incident incident, String slot, String text) {
    ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
    Button take = mint.primary("Take command", Press.TAKE_COMMAND, Use.REPEATEDLY, Map.of());
    return BotMessage.card(text, "Who commands " + incident.id() + "?")
        .withTone(Tone.URGENT)
        .withButtons(List.of(take));
  }

  /** The deputy; without one, whoever the policy of the severity asks first. */
  private static List<Person> others(Moment moment, Incident incident, Optional<Person> silent) {
    List<Person> deputy = incident.holder(Role.DEPUTY).stream().toList();
    List<Person> onCall =
        moment
            .settings()
            .policy(incident.severity())
            .map(policy -> Callees.of(moment, incident, policy.levels().get(0).targets()).people())
            .orElse(List.of());
    return (deputy.isEmpty() ? onCall : deputy)
        .stream()
            .filter(person -> silent.filter(s -> s.ref().equals(person.ref())).isEmpty())
            .toList();
  }

  /** The question is settled: the banner that stands says how, and its button goes. */
  private static void taken(Moment moment, Incident incident, String how) {
    Optional<String> banner =
        moment.tx().note(bannerNote(incident)).filter(slot -> !slot.isEmpty());
    if (banner.isEmpty()) {
      return;
    }
    moment.tx().keepNote(bannerNote(incident), "");
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(
              incident.id(),
              platform,
              banner.get(),
              Priority.CARDS,
              BotMessage.line(how).withTone(Tone.GOOD));
    }
  }

  private static String bannerNote(Incident incident) {
    return "command-banner/" + incident.id();
  }
}
