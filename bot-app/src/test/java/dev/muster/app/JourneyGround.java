// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a journey through one incident stands on, on whichever chat: an afternoon, alerts as they
 * were recorded, a deployer whose replies may be lost, and how to look at the incident.
 */
final class JourneyGround implements AutoCloseable {

  private static final Path RECORDED =
      Path.of(
          System.getProperty("muster.root", ".."),
          "bot-core/src/test/resources/fixtures/alertmanager");

  private static final String RUNBOOK =
      """
      name: rollback-checkout
      rollback: true
      when: { service: checkout }
      parameters: [ { name: version, required: true } ]
      steps:
        - id: call-deployer
          kind: webhook
          approval: required
          method: POST
          url: RECEIVER/rollback
          headers: { Content-Type: application/json }
          body: '{"service":"checkout","version":"{{version}}","incident":"{{incident.id}}"}'
          success: { status: [200] }
          timeout: 10s
          idempotent: false
      """;

  private static final String ALERTS =
      """
      alerts:
        sources: [ { name: alertmanager, kind: alertmanager, token: "let-me-in" } ]
        rules:
          - match: { severity: critical }
            group-by: [alertname, cluster]
            severity: SEV2
            service: "{{labels.service}}"
            do: declare
      oncall:
        schedules:
          - { name: payments, zone: Europe/Berlin, people: ["ADA", "LI"], rotate-every: 7d, start: "2026-01-05T09:00" }
        policies:
          - name: default
            levels:
              - { notify: ["schedule:payments"], after: 0s }
              - { notify: ["person:ADA"], after: 5m }
      services: [ { name: checkout, owner: payments, on-call: payments, runbooks: [rollback-checkout] } ]
      """;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T15:52:00Z"));
  private final Receiver receiver = new Receiver();
  private BotHarness bot;
  private Waiting waiting;
  private final List<Chapters> channels = new ArrayList<>();

  /** Writes the runbook into the folder in which the bot's configuration will lie. */
  JourneyGround(Path folder) {
    try {
      Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
      Files.writeString(
          runbooks.resolve("rollback-checkout.yaml"), RUNBOOK.replace("RECEIVER", receiver.url()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how alerts of Alertmanager declare, and that these two are on call by turns. */
  static String alerts(String ada, String li) {
    return ALERTS.replace("ADA", ada).replace("LI", li);
  }

  /** Returns what lets the deployer be called, and {@code more}. */
  String config(String more) {
    return """
    outbound: { allow: ["%s"] }
    runbooks: runbooks/
    """
            .formatted(receiver.url())
        + more;
  }

  /** From now on this bot is looked at. */
  void watch(BotHarness running, Waiting patient) {
    bot = running;
    waiting = patient;
  }

  ManualClock clock() {
    return clock;
  }

  Receiver receiver() {
    return receiver;
  }

  BotHarness bot() {
    return bot;
  }

  /** See {@link Waiting#settle}. */
  void settle() {
    waiting.settle();
  }

  /** What follows happens at this minute; orders that wait for their turn take seconds of it. */
  void at(String time) {
    Duration step = Duration.between(clock.instant(), Instant.parse("2026-11-20T" + time + ":00Z"));
    assertFalse(step.isNegative(), "it is already " + clock.instant());
    bot.advance(step);
  }

  /** From now on this channel is read at the end of each chapter. */
  Chapters reads(Supplier<List<Chapters.Said>> channel) {
    Chapters read = new Chapters(channel);
    channels.add(read);
    return read;
  }

  /** A chapter ends when nothing waits any more; the next one begins at this minute. */
  void chapterAt(String time) {
    waiting.settle();
    channels.forEach(Chapters::end);
    at(time);
  }

  /** Returns what Alertmanager once sent. */
  static JsonNode recorded(String name) throws IOException {
    return BotHttp.parse(Files.readString(RECORDED.resolve(name))).path("body");
  }

  /** Lets Alertmanager call the bot as it was once recorded. */
  void alert(String recorded) throws IOException {
    String body = recorded(recorded).toString();
    BotHttp.Answered answered =
        bot.http().post("/alerts/alertmanager", body, "Authorization", "Bearer let-me-in");
    assertEquals(202, answered.status(), answered.body());
  }

  JsonNode incident() {
    return bot.http().get("/api/v1/incidents/INC-1").json();
  }

  List<JsonNode> timeline() {
    return bot.http().timeline("INC-1", "");
  }

  /** Waits for an entry of that kind, and until all that follows from it is done. */
  void awaitEntry(String kind) {
    awaitEntries(kind, 1);
  }

  /** Waits for so many entries of that kind, and until all that follows from them is done. */
  void awaitEntries(String kind, int many) {
    waiting.inTime(kind, () -> entries(kind) >= many);
    waiting.settle();
  }

  /** Returns how many entries of a kind there are. */
  long entries(String kind) {
    return timeline().stream().filter(e -> e.path("kind").asText().equals(kind)).count();
  }

  /** Waits until the incident stands so, and until all that follows from it is done. */
  void awaitStatus(String status) {
    waiting.inTime(status, () -> incident().path("status").asText().equals(status));
    waiting.settle();
  }

  /** Returns how often words of a person stand on the timeline. */
  long logged(String said) {
    return timeline().stream()
        .filter(e -> e.path("kind").asText().equals("message_logged"))
        .filter(e -> e.path("text").asText().equals(said))
        .count();
  }

  /** Returns the draft of the postmortem. */
  String postmortem() {
    String path = "/api/v1/incidents/INC-1/postmortem";
    return bot.http().get(path, "Accept", "text/markdown").body();
  }

  /**
   * Compares with the golden file of that name. Time passes while orders wait for their turn; ids
   * are counted up, and keys are random. How many breaks turn out to have hidden nothing is a
   * matter of the machine's pace.
   *
   * @param people names by the ids in their place
   */
  static void compare(String name, String text, Map<String, String> people) throws IOException {
    String now =
        Golden.text(text)
            .replaceAll("(T[0-9:]{5}):[0-9.]+Z", "$1Z")
            .replaceAll("(?m)^\\S+  gap_filled .* 0 messages, 0 edits, 0 del.*\\R", "")
            .replaceAll("from entries 1 to \\d+", "from all entries")
            .replaceAll("(?m)^\\S+(  gap_filled)", "whenever$1")
            .replaceAll("(?m)^( *- )[0-9:]+ UTC(  Nothing was heard)", "$1whenever$2")
            .replaceAll(
                "heard( on \\w+)? from .{20,24} to .{20,24} at the latest", "heard$1 for a while")
            .replaceAll("\\S+-call-deployer-1", "KEY-call-deployer-1");
    for (Map.Entry<String, String> person : people.entrySet()) {
      now = now.replace(person.getKey(), person.getValue());
    }
    Golden.compare(name, now);
  }

  @Override
  public void close() {
    receiver.close();
  }
}
