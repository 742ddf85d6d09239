// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.app.MovedOn;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.FakeSocket;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One bot in Socket Mode, in a process of its own, beside a Slack that breaks its connections in
 * every way there is, by a schedule that one seed makes, while people talk all the time.
 */
final class FlappingTrial implements AutoCloseable {

  private static final long COMES_TO_REST_SECONDS = 420;

  /** A silent connection is noticed within half a minute, and a gap reported a little later. */
  private static final long LAST_GAP_SECONDS = 60;

  private final long seed;
  private final Random random;
  private final Receiver receiver = new Receiver();
  private final FakeSlack slack = new FakeSlack(InstantSource.system());
  private final FakeSocket socket = new FakeSocket(slack);
  private final CrashBot bot;
  private final Sender sender;
  private final SlackPeople people;
  private final Map<String, String> rooms = new LinkedHashMap<>();
  private final List<String> history = new ArrayList<>();
  private final Talk talk;
  private volatile boolean over;

  FlappingTrial(Path folder, long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    bot = new CrashBot(folder, receiver.url(), platforms(slack), null, new MovedOn(Duration.ZERO));
    sender = new Sender(bot);
    people = new SlackPeople(slack, this::push);
    people.channel("incidents", "ada");
    bot.start();
    socket.awaitLive(2);
    for (int i = 1; i <= 3; i++) {
      declare("INC-" + i, "Outage " + i + " of the trial");
    }
    talk = new Talk(people, List.copyOf(rooms.values()), seed);
  }

  private static String platforms(FakeSlack slack) {
    return """
    platforms:
      web: { enabled: false }
      slack:
        enabled: true
        mode: socket
        bot-token: "%s"
        app-token: "%s"
        signing-secret: "%s"
        api-url: "%s"
    """
        .formatted(FakeSlack.BOT_TOKEN, FakeSlack.APP_TOKEN, Signed.SECRET, slack.apiUrl());
  }

  /** Slack waits for nobody. */
  private Pushed push(dev.muster.slack.fake.Push push) {
    socket.push(push);
    return Pushed.NOBODY;
  }

  private void declare(String id, String title) {
    people.runs("ada", "incidents", "/incident declare! " + title + " sev2");
    String begin = "inc-" + id.substring("INC-".length()) + "-";
    ChannelNow room =
        Sender.await(
            "the channel of " + id,
            60,
            () ->
                people.sight().channels().stream()
                    .filter(c -> c.name().startsWith(begin))
                    .findFirst());
    Sender.await(
        "the channel of " + id + " on the timeline",
        60,
        () ->
            timeline(id).stream().anyMatch(e -> e.path("kind").asText().equals("channel_ready"))
                ? Optional.of(true)
                : Optional.empty());
    rooms.put(id, room.id());
  }

  private List<JsonNode> timeline(String id) {
    return sender.all("/api/v1/incidents/" + id + "/timeline?limit=500", "after");
  }

  /** Breaks things so many times while people talk; then lets all come to rest. */
  List<String> run(int rounds) {
    Thread talking = new Thread(this::talkOn, "talk-" + seed);
    talking.start();
    try {
      for (int round = 0; round < rounds; round++) {
        breakSomething();
        pass(500 + random.nextInt(random.nextInt(4) == 0 ? 25_000 : 6_000));
      }
      heal();
    } finally {
      over = true;
      join(talking);
    }
    return awaitRest();
  }

  private void talkOn() {
    Random pauses = new Random(seed + 1);
    while (!over) {
      talk.goOn();
      pass(50 + pauses.nextInt(250));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CrashBot.PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(long millis) {
    try {
      boolean never = new Semaphore(0).tryAcquire(millis, TimeUnit.MILLISECONDS);
      assert !never;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(String what) {
    history.add(Instant.now() + " " + what);
  }

  private void breakSomething() {
    try {
      breakOne(random.nextInt(14));
    } catch (IOException e) {
      note("which broke: " + e);
    }
  }

  private void breakOne(int way) throws IOException {
    switch (way) {
      case 0 -> killAll();
      case 1 -> {
        note("kills one");
        socket.killOne();
      }
      case 2 -> refresh("refresh_requested");
      case 3 -> refresh("warning");
      case 4, 5 -> freezeProcess();
      case 6 -> halfDead();
      case 7 -> deadOnArrival();
      case 8 -> mute();
      case 9 -> {
        note("closes one");
        socket.closeOne();
      }
      case 10 -> slowAcknowledgements();
      case 11 -> slowAddress();
      case 12 -> killProcess();
      default -> rateLimit();
    }
  }

  private void killAll() {
    note("kills all");
    socket.killAll();
  }

  private void refresh(String reason) {
    note(reason);
    socket.disconnectOne(reason);
    if (random.nextBoolean()) {
      pass(random.nextInt(2_000));
      note(reason + " of the other");
      socket.disconnectOne(reason);
    }
    if (random.nextInt(3) == 0) {
      pass(random.nextInt(3_000));
      killAll();
    }
  }

  private void freezeProcess() throws IOException {
    int millis = 500 + random.nextInt(random.nextInt(3) == 0 ? 35_000 : 12_000);
    note("freezes the process for " + millis + " ms");
    bot.freeze();
    pass(random.nextInt(millis));
    switch (random.nextInt(5)) {
      case 0 -> killAll();
      case 1 -> {
        note("kills one");
        socket.killOne();
      }
      case 2 -> {
        note("freezes all connections");
        socket.freezeAll();
      }
      case 3 -> {
        note("closes one");
        socket.closeOne();
      }
      default -> note("leaves the connections");
    }
    pass(random.nextInt(millis));
    note("thaws the process");
    bot.thaw();
    if (random.nextInt(4) == 0) {
      killProcess();
    }
  }

  private void halfDead() {
    note("one connection falls silent");
    socket.freezeOne();
    pass(random.nextInt(8_000));
    if (random.nextBoolean()) {
      refresh("refresh_requested");
    }
  }

  private void deadOnArrival() {
    note("new connections are dead");
    socket.deadOnArrival(true);
    socket.killOne();
    if (random.nextBoolean()) {
      killAll();
    }
    pass(random.nextInt(20_000));
    note("new connections live");
    socket.deadOnArrival(false);
  }

  private void mute() {
    note("new connections are mute");
    socket.mute(true);
    socket.killAll();
    pass(random.nextInt(20_000));
    note("new connections speak");
    socket.mute(false);
  }

  private void slowAcknowledgements() {
    note("acknowledgements are lost");
    socket.loseAcknowledgements(true);
    pass(random.nextInt(4_000));
    socket.redeliver();
    socket.loseAcknowledgements(false);
    socket.redeliver();
    note("acknowledgements arrive");
  }

  private void slowAddress() {
    note("addresses are given late, and then every connection is killed");
    for (int i = 0; i < 3; i++) {
      slack.arm("apps.connections.open", FakeFault.DELAYS);
    }
    killAll();
  }

  private void rateLimit() {
    note("history is rate limited");
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      slack.arm("conversations.history", FakeFault.RATE_LIMITED);
      slack.arm("conversations.replies", FakeFault.RATE_LIMITED);
    }
    killAll();
  }

  private void killProcess() {
    note("kills the process");
    bot.kill();
    pass(random.nextInt(5_000));
    bot.start();
    note("the process is back");
  }

  private void heal() {
    note("all is well");
    socket.mute(false);
    socket.deadOnArrival(false);
    socket.loseAcknowledgements(false);
  }

  private List<String> awaitRest() {
    long begin = System.nanoTime();
    List<String> problems = problems();
    boolean rests = false;
    while (!problems.isEmpty() && !rests && secondsSince(begin) < COMES_TO_REST_SECONDS) {
      pass(2_000);
      rests = secondsSince(begin) > LAST_GAP_SECONDS && backlog() == 0;
      problems = problems();
    }
    note("is over; rests: " + rests + "; said: " + talk.size());
    return problems;
  }

  private static long secondsSince(long begin) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
  }

  private long backlog() {
    JsonNode health = sender.get("/api/v1/health");
    return health.path("inboxBacklog").asLong(1) + health.path("effectBacklog").asLong(1);
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    rooms.forEach(
        (id, room) ->
            talk.problems(room, timeline(id)).forEach(p -> problems.add("in " + id + " " + p)));
    return problems;
  }

  /** Returns what was done, and which gaps the timelines tell of. */
  String story() {
    List<String> lines = new ArrayList<>();
    lines.add("seed " + seed);
    lines.addAll(history);
    rooms
        .keySet()
        .forEach(
            id ->
                timeline(id).stream()
                    .filter(e -> e.path("kind").asText().equals("gap_filled"))
                    .forEach(e -> lines.add(id + " " + e.path("arrivedAt").asText() + " " + e)));
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    over = true;
    bot.close();
    socket.close();
    slack.close();
    receiver.close();
  }
}
