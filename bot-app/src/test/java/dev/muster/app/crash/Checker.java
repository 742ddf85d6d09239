// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares what senders and the runbook's target remember with what the bot shows over HTTP, and
 * says what was lost, doubled or left lying. Asks only when nothing is pending.
 */
final class Checker {

  private static final String BOT = "muster";

  private final Sender sender;
  private final Ledger ledger;
  private final Receiver receiver;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, List<JsonNode>> timelines = new HashMap<>();
  private final Map<String, List<JsonNode>> shown = new HashMap<>();
  private final Map<String, Map<String, Long>> counted = new HashMap<>();

  private Checker(Sender sender, Ledger ledger, Receiver receiver) {
    this.sender = sender;
    this.ledger = ledger;
    this.receiver = receiver;
  }

  /** Returns every broken promise as a sentence; none when all is well. */
  static List<String> problems(Sender sender, Ledger ledger, Receiver receiver) {
    sender.settle();
    Checker checker = new Checker(sender, ledger, receiver);
    checker.checkAll();
    return checker.problems;
  }

  private void checkAll() {
    List<JsonNode> incidents = sender.all("/api/v1/incidents?limit=200", "cursor");
    Set<String> ids = new HashSet<>();
    incidents.forEach(incident -> ids.add(incident.path("id").asText()));
    for (int number = 1; number <= incidents.size(); number++) {
      expect(ids.contains("INC-" + number), "number INC-" + number + " is missing from " + ids);
    }
    List<JsonNode> channels =
        sender.get("/api/v1/chat/channels?as=ada").path("items").findParents("name");
    incidents.forEach(incident -> checkIncident(incident, channels));
    ledger.declared().forEach(declared -> checkDeclared(declared, incidents));
    ledger
        .alerts()
        .forEach(title -> expectOne(titled(incidents, title), "incidents of alert " + title));
    ledger.said().forEach(this::checkSaid);
    ledger.pressed().forEach(this::checkPressed);
    checkCalls();
    checkJournal();
  }

  private void expect(boolean good, String problem) {
    if (!good) {
      problems.add(problem);
    }
  }

  private void expectOne(long count, String what) {
    expect(count == 1, count + " " + what + (count == 0 ? " (lost)" : " (doubled)"));
  }

  private static long titled(List<JsonNode> incidents, String title) {
    return incidents.stream().filter(i -> i.path("title").asText().equals(title)).count();
  }

  private List<JsonNode> timeline(String incident) {
    return timelines.computeIfAbsent(
        incident, id -> sender.all("/api/v1/incidents/" + id + "/timeline?limit=500", "after"));
  }

  private List<JsonNode> messages(String user, String channel) {
    return shown.computeIfAbsent(user + "@" + channel, any -> read(user, channel));
  }

  private List<JsonNode> read(String user, String channel) {
    String path = "/api/v1/chat/channels/" + channel + "/messages?limit=500&as=" + user;
    return sender.all(path, "after").stream()
        .filter(message -> !message.path("deleted").asBoolean())
        .toList();
  }

  /** Returns how many messages that somebody sees hold just that in a field. */
  private long seen(String user, String channel, String field, String value) {
    return counted
        .computeIfAbsent(
            field + " " + user + "@" + channel, any -> counts(messages(user, channel), field))
        .getOrDefault(value, 0L);
  }

  private long logged(String incident, String text) {
    return counted
        .computeIfAbsent(
            incident,
            id ->
                counts(
                    timeline(id).stream()
                        .filter(e -> e.path("kind").asText().equals("message_logged"))
                        .toList(),
                    "text"))
        .getOrDefault(text, 0L);
  }

  private static Map<String, Long> counts(List<JsonNode> all, String field) {
    return all.stream()
        .collect(Collectors.groupingBy(one -> one.path(field).asText(), Collectors.counting()));
  }

  private static long count(List<JsonNode> all, Predicate<JsonNode> wanted) {
    return all.stream().filter(wanted).count();
  }

  private void checkIncident(JsonNode incident, List<JsonNode> channels) {
    String id = incident.path("id").asText();
    checkChain(id);
    for (String kind : List.of("incident_declared", "channel_opened", "channel_ready")) {
      expectOne(count(timeline(id), e -> e.path("kind").asText().equals(kind)), kind + " of " + id);
    }
    expect(
        count(timeline(id), e -> e.path("kind").asText().equals("effect_failed")) == 0,
        id + " has orders that failed");
    String prefix = "inc-" + id.substring("INC-".length()) + "-";
    List<JsonNode> own =
        channels.stream().filter(c -> c.path("name").asText().startsWith(prefix)).toList();
    expectOne(own.size(), "channels of " + id);
    expectOne(incident.path("channels").size(), "channels known to " + id);
    if (own.size() == 1) {
      checkChannel(id, own.get(0), incident.path("commander").path("id").asText(""));
    }
    expectOne(cards(messages("ada", "incidents"), id), "announcements of " + id);
  }

  private static long cards(List<JsonNode> messages, String id) {
    return count(messages, m -> m.path("card").path("title").asText().contains("· " + id + " ·"));
  }

  private void checkChannel(String id, JsonNode channel, String commander) {
    List<JsonNode> all = messages("ada", channel.path("name").asText());
    expectOne(cards(all, id), "headlines of " + id);
    expectOne(count(all, m -> m.path("pinned").asBoolean()), "pinned messages of " + id);
    expect(!channel.path("topic").asText().isEmpty(), "the channel of " + id + " has no topic");
    Set<String> members = new HashSet<>();
    channel.path("members").forEach(member -> members.add(member.asText()));
    expect(
        commander.isEmpty() || members.contains(commander),
        commander + " commands " + id + " but is not in " + members);
    long asked =
        all.stream()
            .flatMap(m -> m.path("card").path("buttons").findParents("action").stream())
            .filter(button -> button.path("action").asText().equals("it_ran"))
            .count();
    long unknown = kinds(timeline(id), "step_outcome_unknown");
    expect(asked == unknown, unknown + " steps unknown in " + id + ", " + asked + " told so");
    Map<String, Integer> times = new HashMap<>();
    all.stream()
        .filter(m -> m.path("author").asText().equals(BOT))
        .forEach(m -> times.merge(words(m), 1, Integer::sum));
    times.forEach((words, n) -> expect(n == 1, n + " times (doubled) in " + id + ": " + words));
  }

  private static String words(JsonNode message) {
    JsonNode card = message.path("card");
    return message.path("inReplyTo").asText()
        + message.path("text").asText()
        + card.path("title").asText()
        + card.path("facts");
  }

  private void checkChain(String id) {
    long seq = 0;
    String last = null;
    for (JsonNode entry : timeline(id)) {
      seq++;
      expect(entry.path("seq").asLong() == seq, id + " has no entry " + seq);
      expect(
          last == null || entry.path("prev").asText().equals(last),
          "the chain of " + id + " breaks at " + seq);
      last = entry.path("hash").asText();
    }
  }

  private void checkDeclared(Ledger.Declared declared, List<JsonNode> incidents) {
    expectOne(titled(incidents, declared.title()), "incidents called " + declared.title());
    expectOne(
        seen(declared.user(), "incidents", "inReplyTo", declared.id()),
        "answers to the declaration of " + declared.title());
  }

  private void checkSaid(Ledger.Said said) {
    expectOne(
        seen(said.user(), said.channel(), "text", said.text()),
        "messages “" + said.text() + "” in #" + said.channel());
    expectOne(
        logged(said.incident(), said.text()),
        "entries of “" + said.text() + "” in " + said.incident());
  }

  /** An approval is an entry of its own kind; every other press is answered privately. */
  private void checkPressed(Ledger.Pressed pressed) {
    if (!pressed.action().equals("approve")) {
      expectOne(
          seen(pressed.user(), pressed.channel(), "inReplyTo", pressed.id()),
          "answers to the press of " + pressed.action() + " in " + pressed.incident());
    }
  }

  /** Each approved step was called once, or it says that this is not known. */
  private void checkCalls() {
    Map<String, Integer> calls = new HashMap<>();
    receiver.keys().forEach(key -> calls.merge(key, 1, Integer::sum));
    calls.forEach(
        (key, n) ->
            expect(n == 1, "the step with key " + key + " was called " + n + " times (doubled)"));
    long told = 0;
    long succeeded = 0;
    long failed = 0;
    long approved = 0;
    for (Map.Entry<String, List<JsonNode>> each : timelines.entrySet()) {
      long unknown = kinds(each.getValue(), "step_outcome_unknown");
      told += unknown;
      succeeded += kinds(each.getValue(), "step_succeeded");
      failed += kinds(each.getValue(), "step_failed");
      approved += kinds(each.getValue(), "step_approved");
    }
    expect(
        approved == told + succeeded + failed,
        approved
            + (" steps approved, " + succeeded + " succeeded, " + failed + " failed, ")
            + (told + " unknown"));
    expect(
        calls.size() >= succeeded && calls.size() <= succeeded + failed + told,
        calls.size()
            + (" calls for " + succeeded + " steps that succeeded, " + failed + " that failed and ")
            + (told + " unknown"));
  }

  private static long kinds(List<JsonNode> entries, String kind) {
    return count(entries, e -> e.path("kind").asText().equals(kind));
  }

  private void checkJournal() {
    List<JsonNode> parked =
        sender.all("/api/v1/journal?limit=500&kind=delivery_parked,effect_failed", "after");
    expect(parked.isEmpty(), "the journal tells of " + parked);
  }
}
