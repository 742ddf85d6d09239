// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * One bot that may be killed while it opens incidents, on a chat that lives on and remembers. It
 * lives through every death of a class, so what an earlier one broke shows up later too.
 */
abstract class OpeningTrial implements AutoCloseable {

  static final String ANNOUNCEMENTS = "incidents";

  /** Stands on what may be there twice, because nobody could look. */
  private static final String REPEAT = "(repeat)";

  private static final String SEVERITY_AT_FIRST = "SEV2";
  private static final String SEVERITY_AFTERWARDS = "SEV3";

  private final Receiver receiver = new Receiver();
  private final CrashBot bot;
  private final Sender sender;
  private final List<String> declared = new CopyOnWriteArrayList<>();
  private final Map<String, String> severities = new ConcurrentHashMap<>();
  private final Set<String> inDoubt = new HashSet<>();
  private final Set<Long> seen = new HashSet<>();

  /**
   * @param platforms what {@code bot.yaml} says of chat platforms
   */
  OpeningTrial(Path folder, String platforms) {
    bot = new CrashBot(folder, receiver.url(), platforms, null);
    sender = new Sender(bot);
  }

  /** The moments right before and right after each of the steps of opening on any chat. */
  static Stream<String> opening(String platform, String... further) {
    Stream<String> steps =
        Stream.of(
            "accept CommandInvoked",
            "commit .*INSERT INTO inbox",
            "commit .*UPDATE inbox SET state = 1",
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

  /**
   * A message as everybody in a channel sees it.
   *
   * @param byTheBot whether no person wrote it
   * @param inThread whether it hangs under another
   * @param words what can be read on it
   */
  record Line(boolean byTheBot, boolean inThread, String words) {

    /** Returns whether every start says it anew, because it cannot read what was missed. */
    boolean isOfThisStart() {
      return words.startsWith("Reading what was missed did not work");
    }

    /** Returns whether it says that it may be there twice. */
    boolean isRepeat() {
      return words.contains(REPEAT);
    }
  }

  /**
   * A channel as people see it.
   *
   * @param id its id
   * @param lines what stands in it
   * @param topic its topic
   * @param invited names of those who were brought in
   */
  record Room(String id, List<Line> lines, String topic, List<String> invited) {}

  /** Lets a person write to the bot, until the chat gives up. */
  abstract void write(String person, String channel, String words);

  /** Waits until everybody but the bot has come to rest. */
  abstract void settleOutside();

  /** Returns the channels whose names begin so. */
  abstract List<Room> rooms(String begin);

  /** Returns what stands where announcements are. */
  abstract List<Line> announcements();

  /**
   * Returns what is wrong on this chat alone.
   *
   * @param id of an incident
   * @param inDoubt whether the journal tells that the private answer may not have been shown
   */
  abstract List<String> problemsHere(String id, boolean inDoubt);

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
    severities.put(id, SEVERITY_AFTERWARDS);
    String channel = rooms(begin(id)).get(0).id();
    bot.dieAt(point, () -> write("ada", channel, "severity " + SEVERITY_AFTERWARDS));
  }

  private void settle() {
    sender.settle();
    settleOutside();
    sender.settle();
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

  private String severity(String id) {
    return severities.getOrDefault(id, SEVERITY_AT_FIRST);
  }

  /** Returns how the name of an incident's channel begins. */
  static String begin(String id) {
    return "inc-" + id.substring("INC-".length()) + "-";
  }

  /** Returns every broken promise as a sentence; none when all is well. */
  final List<String> problems() {
    settle();
    List<String> problems = new ArrayList<>();
    List<JsonNode> incidents = incidents();
    if (incidents.size() != declared.size()) {
      problems.add(declared.size() + " were declared, there are " + incidents.size());
    }
    journal(problems);
    for (String title : declared) {
      List<JsonNode> own =
          incidents.stream().filter(i -> i.path("title").asText().equals(title)).toList();
      expectOne(problems, own.size(), "incidents called " + title);
      own.forEach(incident -> check(problems, incident));
    }
    return problems;
  }

  /** What is in doubt since the last look is about the newest incident. */
  private void journal(List<String> problems) {
    String path = "/api/v1/journal?limit=500&kind=delivery_parked,effect_failed";
    for (JsonNode entry : sender.all(path, "after")) {
      if (!seen.add(entry.path("seq").asLong())) {
        continue;
      }
      if (mayEndInDoubt(entry)) {
        inDoubt.add(declared.get(declared.size() - 1));
      } else {
        problems.add("the journal tells of " + entry);
      }
    }
  }

  private void check(List<String> problems, JsonNode incident) {
    String id = incident.path("id").asText();
    List<JsonNode> timeline =
        sender.all("/api/v1/incidents/" + id + "/timeline?limit=500", "after");
    for (String kind : List.of("incident_declared", "channel_opened", "channel_ready")) {
      expectOne(
          problems,
          timeline.stream().filter(e -> e.path("kind").asText().equals(kind)).count(),
          kind + " of " + id);
    }
    timeline.stream()
        .filter(entry -> entry.path("kind").asText().equals("effect_failed"))
        .filter(entry -> !mayEndInDoubt(entry))
        .forEach(entry -> problems.add(id + " has an order that failed: " + entry));
    List<Room> rooms = rooms(begin(id));
    expectOne(problems, rooms.size(), "channels of " + id);
    rooms.forEach(room -> check(problems, id, room));
    expectHead(problems, announcements(), id, "announcements of " + id);
    problems.addAll(problemsHere(id, inDoubt.contains(incident.path("title").asText())));
  }

  private void check(List<String> problems, String id, Room room) {
    expectHead(problems, room.lines(), id, "headlines of " + id);
    if (room.topic().isEmpty()) {
      problems.add("the channel of " + id + " has no topic");
    }
    if (!room.invited().contains("ada")) {
      problems.add("the commander of " + id + " was not invited");
    }
    Map<String, List<Line>> same = new HashMap<>();
    room.lines().stream()
        .filter(line -> line.byTheBot() && !line.isOfThisStart())
        .forEach(line -> same.computeIfAbsent(plain(line), k -> new ArrayList<>()).add(line));
    same.forEach((words, lines) -> expectShown(problems, lines, "times in " + id + ": " + words));
  }

  private static String plain(Line line) {
    return line.words().replace(REPEAT + " ", "");
  }

  /** Its card, of which the newest one says how it is. */
  private void expectHead(List<String> problems, List<Line> lines, String id, String what) {
    List<Line> heads =
        lines.stream()
            .filter(line -> line.byTheBot() && !line.inThread())
            .filter(line -> line.words().contains("· " + id + " ·"))
            .toList();
    expectShown(problems, heads, what);
    String now = severity(id) + " · " + id + " ·";
    if (!heads.isEmpty() && !heads.get(heads.size() - 1).words().contains(now)) {
      problems.add(what + " do not say " + now);
    }
  }

  /** Once; where nobody may look, once more by the one death, and then it says so. */
  private void expectShown(List<String> problems, List<Line> lines, String what) {
    long repeats = lines.stream().filter(Line::isRepeat).count();
    boolean repeated = !mayLook() && repeats == 1 && lines.size() <= 2;
    if (!repeated) {
      expectOne(problems, lines.size(), what);
    }
    if (repeats > 0 && !repeated) {
      problems.add(what + " say that they may be there twice: " + repeats);
    }
  }

  static void expectOne(List<String> problems, long count, String what) {
    if (count != 1) {
      problems.add(count + " " + what + (count == 0 ? " (lost)" : " (doubled)"));
    }
  }

  @Override
  public void close() {
    bot.close();
    receiver.close();
  }
}
