// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.app.MovedOn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One bot that may be killed while it opens incidents, on a chat that lives on and remembers. It
 * lives through every death of a class, so what an earlier one broke shows up later too.
 */
abstract class OpeningTrial implements AutoCloseable {

  static final String ANNOUNCEMENTS = "incidents";

  private static final int FAILED = 4;
  private static final Set<Evidence.Kind> TITLED =
      Set.of(Evidence.Kind.DECLARED, Evidence.Kind.ALERT);

  /** How often somebody presses a button that does nothing. */
  private static final int PRESSES = 5;

  private static final String SEVERITY_AT_FIRST = "SEV2";
  private static final String SEVERITY_AFTERWARDS = "SEV3";

  private final Receiver receiver = new Receiver();
  private final CrashBot bot;
  private final Sender sender;
  private final List<String> declared = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final List<String> alerts = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Set<String> changed = new HashSet<>();
  private final Set<Long> seen = new HashSet<>();

  /**
   * @param platforms what {@code bot.yaml} says of chat platforms
   * @param clock of the chat and of everybody on it; the bot follows
   */
  OpeningTrial(Path folder, String platforms, MovedOn clock) {
    bot = new CrashBot(folder, receiver.url(), platforms, null, clock);
    sender = new Sender(bot);
  }

  /** The moments right before and right after each of the steps of opening on any chat. */
  static Stream<String> opening(String platform, String... further) {
    Stream<String> steps =
        Stream.of(
            "accept CommandInvoked",
            "commit .*INSERT INTO inbox",
            "commit .*SET state = 1, attempt",
            "call openChannel",
            "commit .*channel_opened",
            "call setTopic",
            "call invite",
            "call tell",
            "call post .*Use the buttons",
            "commit .*INTO message_slot .*headline",
            "commit .*channel_ready",
            "call findChannel",
            "commit .*announcements@" + platform + ".*INTO message_slot");
    return around(Stream.concat(steps, Stream.of(further)));
  }

  /** The moments right before and right after each of the steps. */
  static Stream<String> around(Stream<String> steps) {
    return steps.flatMap(step -> Stream.of("before " + step, "after " + step));
  }

  /** Lets a person write to the bot, until the chat gives up. */
  abstract void write(String person, String channel, String words);

  /** Returns whether a button of that label stands in a channel. */
  abstract boolean offers(String channel, String label);

  /** Lets a person press a button; returns whether that is heard, now or later. */
  abstract boolean press(String person, String channel, String label);

  /** Lets a person talk to the others. */
  abstract void talk(String person, String channel, String words);

  /** Waits until everybody but the bot has come to rest. */
  abstract void settleOutside();

  /** Returns the channels whose names begin so. */
  abstract List<Room> rooms(String begin);

  /** Returns what the bot said to the commander alone. */
  abstract List<String> toldToCommander();

  /** Returns what stands where announcements are. */
  abstract List<Line> announcements();

  /**
   * Returns what is wrong on this chat alone.
   *
   * @param id of an incident
   * @param inDoubt whether the journal tells that the private answer may not have been shown
   */
  abstract List<String> problemsHere(String id, boolean inDoubt);

  /** Returns what nobody may ever read. */
  abstract Set<String> secrets();

  /** Returns what the chat gave up to bring, with what the bot answered each time. */
  List<String> givenUp() {
    return List.of();
  }

  /** Returns whether the bot may look what became of a message. */
  boolean mayLook() {
    return true;
  }

  /** Returns whether an order may end so that nobody can say whether it was carried out. */
  boolean mayEndInDoubt(JsonNode entry) {
    return false;
  }

  final CrashBot bot() {
    return bot;
  }

  /** Returns the target of the runbook. */
  final Receiver receiver() {
    return receiver;
  }

  /** Says who is asked when an alert comes, by the ids of the chat. */
  final void onCall(String first, String second) {
    bot.onCall(first, second);
  }

  /** Starts the bot. */
  void begin() {
    bot.start();
  }

  /** Returns how often the bot noticed that the clock of its machine was set. */
  final int clockSteps() {
    return sender.clockSteps();
  }

  final void startAgainIfDead() {
    if (!bot.isAlive()) {
      bot.start();
    }
  }

  /** Declares while the bot is killed at a point, and starts it again. */
  final void declareKilledAt(String point) {
    bot.dieAt(point, this::declare);
  }

  /** As {@link #declareKilledAt}, and the bot is killed once more while it recovers. */
  final void declareKilledTwice(String point, String inRecovery) {
    bot.dieTwice(point, inRecovery, this::declare);
  }

  /** Declares an incident that nothing happens to. */
  final void declare() {
    String title = "Outage " + (declared.size() + 1) + " of the trial";
    declared.add(title);
    write("ada", ANNOUNCEMENTS, "declare! " + title + " " + SEVERITY_AT_FIRST);
  }

  /** Declares, and changes the incident while the bot is killed at a point. */
  final void changeKilledAt(String point) {
    declare();
    settle();
    String id = idOf(declared.get(declared.size() - 1));
    String channel = rooms(Room.begin(id)).get(0).id();
    bot.dieAt(point, () -> write("ada", channel, "severity " + SEVERITY_AFTERWARDS));
  }

  /** Waits until the first incident has its channel. */
  final void awaitRoom() {
    settle();
    hurryUntil("the first channel", () -> !open().isEmpty());
  }

  /** Lets monitoring state an alert. */
  final void alert() {
    String title = "Alarm " + (alerts.size() + 1) + " of the trial";
    alerts.add(title);
    sender.deliver("/alerts/source" + alerts.size() % CrashConfig.SOURCES, Alarm.of(title), "none");
  }

  /** Lets the commander ask for the rollback in one of the channels that are open now. */
  final void rollBack(int number) {
    String version = "1." + (asked.size() + 1) + ".0";
    asked.add(version);
    write("ada", introduced(number).id(), "rollback checkout to " + version);
  }

  /** Lets somebody press a button in the first channel from there on that shows it, if any does. */
  final void presses(String label, int number) {
    List<Room> open = open();
    Collections.rotate(open, -number);
    open.stream()
        .map(Room::id)
        .filter(channel -> offers(channel, label))
        .findFirst()
        .ifPresent(channel -> pressUntilHeard(channel, label));
  }

  /** Nobody is told that a press was lost; whoever still sees the button presses again. */
  private void pressUntilHeard(String channel, String label) {
    boolean heard = press("li", channel, label);
    for (int again = 1; !heard && again < PRESSES && offers(channel, label); again++) {
      bot.address();
      heard = press("li", channel, label);
    }
  }

  private List<Room> open() {
    return rooms("inc-").stream()
        .sorted(Comparator.comparing((Room room) -> room.name().length()).thenComparing(Room::name))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Room room(int number) {
    return oneOf(open(), number);
  }

  /**
   * Returns a channel in which the bot has said whose it is. Where it has not, it may not know that
   * the channel is there, and answers a command with the question which incident is meant.
   */
  private Room introduced(int number) {
    return oneOf(open().stream().filter(Room::isIntroduced).toList(), number);
  }

  private static Room oneOf(List<Room> rooms, int number) {
    return rooms.get(number % rooms.size());
  }

  /** Lets somebody say something in one of the channels that are open now. */
  final void say(int number) {
    String words = "word " + (said.size() + 1) + " of the trial is said";
    said.add(words);
    talk("li", room(number).id(), words);
  }

  /** Lets the commander write something down in one of the channels that are open now. */
  final void does(int number) {
    String words = "deed " + (done.size() + 1) + " of the trial is done";
    done.add(words);
    write("ada", introduced(number).id(), Deed.numbered(number).command(words));
  }

  /** Changes the severity in one of the channels that are open now, the first time it is asked. */
  final void changeOnce(int number) {
    Room room = introduced(number);
    if (changed.add(room.name())) {
      write("ada", room.id(), "severity " + SEVERITY_AFTERWARDS);
    }
  }

  /** Returns whether nothing is pending. */
  final boolean rests() {
    return sender.isIdle();
  }

  private void settle() {
    hurryUntil("nothing is pending", sender::isIdle);
    settleOutside();
    hurryUntil("nothing is pending", sender::isIdle);
  }

  /** What waits for its time is not waited for. */
  private void hurryUntil(String what, BooleanSupplier holds) {
    Sender.await(
        what,
        CrashBot.DOWN_SECONDS,
        () -> {
          boolean now = holds.getAsBoolean();
          if (!now) {
            bot.hurry();
          }
          return Sender.when(now);
        });
  }

  private List<JsonNode> incidents() {
    return sender.all("/api/v1/incidents?limit=200", "cursor");
  }

  private String idOf(String title) {
    return incidents().stream()
        .filter(incident -> incident.path("title").asText().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody declared " + title))
        .path("id")
        .asText();
  }

  /** Returns every broken promise as a sentence; none when all is well. */
  final List<String> problems() {
    settle();
    List<String> problems = new ArrayList<>(givenUp());
    List<JsonNode> incidents = incidents();
    long wanted = heard().stream().filter(h -> TITLED.contains(h.kind())).count();
    if (incidents.size() != wanted) {
      problems.add(wanted + " were declared, there are " + incidents.size());
    }
    journal(problems);
    Evidence evidence = evidence();
    incidents.forEach(incident -> check(problems, incident, evidence));
    problems.addAll(Invariant.allBroken(evidence));
    return problems;
  }

  /** Returns what is left behind. */
  private Evidence evidence() {
    Evidence.Rules rules = Evidence.Rules.USUAL.keeping(secrets());
    return new Evidence(
        bot.now(),
        heard(),
        StoreNow.read(bot.store()).at(bot::reallyAt),
        rooms("inc-"),
        announcements(),
        receiver.keys(),
        bot.sinks(),
        mayLook() ? rules : rules.unseen());
  }

  private List<Evidence.Heard> heard() {
    List<Evidence.Heard> commands = new ArrayList<>();
    declared.forEach(title -> commands.add(new Evidence.Heard(Evidence.Kind.DECLARED, title)));
    done.forEach(words -> commands.add(new Evidence.Heard(Evidence.Kind.DONE, words)));
    asked.forEach(words -> commands.add(new Evidence.Heard(Evidence.Kind.ASKED, words)));
    List<String> told = toldToCommander();
    List<Evidence.Heard> heard = new ArrayList<>();
    commands.forEach(command -> heard.add(command.answered(told)));
    said.forEach(words -> heard.add(new Evidence.Heard(Evidence.Kind.SAID, words)));
    alerts.forEach(title -> heard.add(new Evidence.Heard(Evidence.Kind.ALERT, title)));
    return heard;
  }

  private void journal(List<String> problems) {
    String path = "/api/v1/journal?limit=500&kind=delivery_parked,effect_failed";
    for (JsonNode entry : sender.all(path, "after")) {
      if (seen.add(entry.path("seq").asLong()) && !mayEndInDoubt(entry)) {
        problems.add("the journal tells of " + entry);
      }
    }
  }

  /** The journal says that a private answer may not have been shown; the order says about what. */
  private static boolean isInDoubt(Evidence evidence, String id) {
    return evidence.store().orders().stream()
        .filter(order -> order.state() == FAILED && order.lane().startsWith("tell/"))
        .anyMatch(order -> order.body().contains(answered(id)));
  }

  /** Returns what the answer to the declaration of an incident says, and no other. */
  static String answered(String id) {
    return "Declared " + id + " ";
  }

  private void check(List<String> problems, JsonNode incident, Evidence evidence) {
    String id = incident.path("id").asText();
    sender.all("/api/v1/incidents/" + id + "/timeline?limit=500", "after").stream()
        .filter(entry -> entry.path("kind").asText().equals("effect_failed"))
        .filter(entry -> !mayEndInDoubt(entry))
        .forEach(entry -> problems.add(id + " has an order that failed: " + entry));
    if (alerts.contains(incident.path("title").asText())) {
      return;
    }
    for (Room room : rooms(Room.begin(id))) {
      if (!room.invited().contains("ada")) {
        problems.add("the commander of " + id + " was not invited");
      }
    }
    problems.addAll(problemsHere(id, isInDoubt(evidence, id)));
  }

  @Override
  public void close() {
    bot.close();
    receiver.close();
  }
}
