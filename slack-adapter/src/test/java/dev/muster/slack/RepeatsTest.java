// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.LedgerEntry;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.PushLine;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackOffice;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.slack.fake.SocketLine;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An incident in which every push of every kind arrives four times at the same moment, two by
 * request and two by connection, leaves the same timeline and the same messages as one in which
 * each arrives once; and so it is when all of it arrives again after a restart.
 */
class RepeatsTest {

  /** What the bot does again by itself when something changed; merged as the moment has it. */
  private static final Set<String> BRUSHED_UP =
      Set.of("chat.update", "views.publish", "conversations.setTopic");

  @TempDir Path folder;

  /** What was left behind. */
  private record Left(List<String> timeline, List<String> calls, Set<String> kinds) {}

  /** A life in a workspace of its own. */
  private final class Life implements AutoCloseable {

    private final ManualClock clock = ManualClock.atNoon();
    private final SocketGround ground;
    private EngineHarness engine;
    private final SlackPeople people;
    private final int times;
    private final Path own;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final Set<String> kinds = ConcurrentHashMap.newKeySet();
    private final ExecutorService postmen = Executors.newFixedThreadPool(4);

    Life(int times) throws IOException {
      this.times = times;
      own = Files.createDirectory(folder.resolve("times" + times));
      ground = new SocketGround(clock, own);
      engine = new EngineHarness(clock, own);
      people = new SlackPeople(ground.slack, this::push);
      people.channel("lobby", "ada", "li", "eve");
      people.channel("incidents");
      connect();
    }

    private void connect() {
      ground.create("both", engine.inboxOf("slack"), engine.memory("slack"));
      engine.start(ground.platform);
      ground.awaitLive(2);
    }

    /** Ends the bot and starts it again over what it stored. */
    void restart() {
      engine.close();
      ground.stop();
      clock.advance(Duration.ofMinutes(3));
      engine = new EngineHarness(clock, own);
      connect();
      settle();
    }

    /** Pushes everything there was once more, in the order in which it came first. */
    void again() {
      for (Taken before : List.copyOf(taken)) {
        assertEquals(before.answer(), push(before.push()), before.push().toString());
      }
      settle();
    }

    private Pushed push(Push push) {
      String event = push.payload().path("event").path("type").asText();
      kinds.add(event.isEmpty() ? push.kind() + push.payload().path("type").asText() : event);
      List<PushLine> ways =
          List.of(new SocketLine(ground.socket, ground.runtime.telemetry()), this::request);
      List<CompletableFuture<Pushed>> all =
          IntStream.range(0, times)
              .mapToObj(i -> ways.get(i % 2))
              .map(way -> CompletableFuture.supplyAsync(() -> way.push(push), postmen))
              .toList();
      List<Pushed> answers = all.stream().map(CompletableFuture::join).toList();
      answers.forEach(answer -> assertEquals(200, answer.status(), push.toString()));
      assertEquals(1, answers.stream().distinct().count(), answers.toString());
      taken.add(new Taken(push, answers.get(0)));
      return answers.get(0);
    }

    private Pushed request(Push push) {
      var answer = ground.runtime.call(Signed.request(push, clock.instant()));
      return new Pushed(
          TestRequest.status(answer),
          new String(((dev.muster.chat.spi.RouteAnswer.Bytes) answer).body()));
    }

    private void settle() {
      people.settle();
      engine.settle();
    }

    private void runs(String person, String channel, String words) {
      people.runs(person, channel, "/incident " + words);
      settle();
    }

    Left live() {
      runs("ada", "lobby", "declare! checkout is down");
      settle();
      String room = engine.incident("INC-1").spaceOn("slack").orElseThrow().channel().id();
      SlackOffice office = new SlackOffice(ground.slack, people);
      String first = people.types("ada", room, "it is the database");
      people.replies("li", room, first, "which one?");
      people.edits("ada", room, first, "it is the big database");
      people.reacts("li", room, first, "pushpin");
      people.takesBack("li", room, first, "pushpin");
      people.pins("li", room, first, true);
      people.postsAs("Grafana", room, "all is slow", "[{\"title\":\"t\",\"text\":\"x\"}]");
      people.joins("eve", room);
      settle();
      people.replies("ada", room, first, "@muster timeline add the disk was full");
      settle();
      people.presses("ada", room, "Change severity");
      settle();
      people.submits("ada", Map.of("severity", "SEV2", "reason", "it grows"));
      settle();
      people.choosesOn("li", room, first, "inc_action_create");
      settle();
      people.submits("li", Map.of("text", "buy a bigger disk"));
      settle();
      people.chooses("li", "inc_declare_global");
      people.opensHome("ada");
      people.sharesLink("li", room, "http://localhost:8080/incidents/INC-1");
      people.writesToBot("li", "list");
      settle();
      people.leaves("eve", room);
      office.renames("ada", room, "war-room");
      people.deletes(room, first);
      settle();
      runs("ada", room, "resolve");
      office.archives("ada", room);
      settle();
      return left();
    }

    Left left() {
      List<String> timeline =
          engine.entries("INC-1").stream()
              .map(entry -> entry.kind() + " " + entry.text())
              .map(text -> text.replaceAll("\\d\\d:\\d\\d", "hh:mm"))
              .sorted()
              .toList();
      List<String> calls =
          ground.slack.ledger().stream()
              .filter(entry -> !entry.effect().isEmpty())
              .map((LedgerEntry entry) -> entry.call().method())
              .filter(method -> !BRUSHED_UP.contains(method))
              .sorted()
              .toList();
      assertEquals(1, engine.incidents());
      return new Left(timeline, calls, new TreeSet<>(kinds));
    }

    @Override
    public void close() {
      people.hush();
      engine.close();
      ground.close();
      postmen.shutdownNow();
    }
  }

  /** What was pushed, and what came back at once. */
  private record Taken(Push push, Pushed answer) {}

  private Left lived(int times) throws IOException {
    try (Life life = new Life(times)) {
      return life.live();
    }
  }

  @Test
  void everyPush_fourTimesAtOnceOnBothWays_leavesWhatOneLeaves() throws IOException {
    Left once = lived(1);
    Left fourTimes = lived(4);

    assertEquals(String.join("\n", once.timeline()), String.join("\n", fourTimes.timeline()));
    assertEquals(once.calls(), fourTimes.calls());
    assertEquals(once.kinds(), fourTimes.kinds());
    Stream.of("message", "app_mention", "reaction_added", "pin_added", "member_joined_channel")
        .forEach(kind -> assertTrue(once.kinds().contains(kind), once.kinds().toString()));
    assertTrue(once.kinds().size() >= 15, once.kinds().toString());
  }

  @Test
  void everyPush_fourTimesAgainAfterARestart_changesNothingAndIsAnsweredAsBefore()
      throws IOException {
    try (Life life = new Life(4)) {
      Left before = life.live();
      life.restart();
      Left started = life.left();
      assertTrue(started.timeline().containsAll(before.timeline()), "nothing is lost");

      life.again();

      Left after = life.left();
      assertEquals(String.join("\n", started.timeline()), String.join("\n", after.timeline()));
      assertEquals(started.calls(), after.calls());
    }
  }
}
