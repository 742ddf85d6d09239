// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.HttpLine;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** One bot that may be killed, on a Slack that lives on and remembers. */
final class SlackTrial implements AutoCloseable {

  private static final String ANNOUNCEMENTS = "incidents";

  private final Receiver receiver = new Receiver();
  private final FakeSlack slack = new FakeSlack(InstantSource.system());
  private final CrashBot bot;
  private final Sender sender;
  private final SlackPeople people;
  private final List<String> declared = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();

  SlackTrial(Path folder) {
    bot = new CrashBot(folder, receiver.url(), platforms(slack), null);
    sender = new Sender(bot);
    HttpLine line = new HttpLine(this::address, InstantSource.system());
    people = new SlackPeople(slack, new RepeatingLine(bot, line));
    people.channel(ANNOUNCEMENTS, "ada", "li");
    bot.start();
  }

  private static String platforms(FakeSlack slack) {
    return """
        platforms:
          web: { enabled: false }
          slack:
            enabled: true
            bot-token: "%s"
            signing-secret: "%s"
            api-url: "%s"
        """
        .formatted(FakeSlack.BOT_TOKEN, Signed.SECRET, slack.apiUrl());
  }

  private URI address() {
    try {
      return URI.create("http://127.0.0.1:" + bot.port());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void startAgainIfDead() {
    if (!bot.isAlive()) {
      bot.start();
    }
  }

  /** Declares while the bot is killed at a point; starts it again and lets all come to rest. */
  void declareKilledAt(String point) {
    bot.arm(point);
    CompletableFuture<Void> sent = CrashTrial.meanwhile(this::declare);
    bot.awaitPoint();
    bot.kill();
    bot.start();
    CrashTrial.finish(sent);
  }

  private void declare() {
    String title = "Outage " + number.incrementAndGet() + " of the trial";
    declared.add(title);
    people.types("ada", ANNOUNCEMENTS, "@muster declare! " + title + " sev2");
  }

  /** Returns every broken promise as a sentence; none when all is well. */
  List<String> problems() {
    sender.settle();
    people.settle();
    sender.settle();
    List<String> problems = new ArrayList<>();
    List<JsonNode> incidents = sender.all("/api/v1/incidents?limit=200", "cursor");
    if (incidents.size() != declared.size()) {
      problems.add(declared.size() + " were declared, there are " + incidents.size());
    }
    for (String title : declared) {
      List<JsonNode> own =
          incidents.stream().filter(i -> i.path("title").asText().equals(title)).toList();
      expectOne(problems, own.size(), "incidents called " + title);
      own.forEach(incident -> check(problems, incident));
    }
    List<JsonNode> parked =
        sender.all("/api/v1/journal?limit=500&kind=delivery_parked,effect_failed", "after");
    parked.forEach(entry -> problems.add("the journal tells of " + entry));
    return problems;
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
    if (timeline.stream().anyMatch(e -> e.path("kind").asText().equals("effect_failed"))) {
      problems.add(id + " has orders that failed");
    }
    String begin = "inc-" + id.substring("INC-".length()) + "-";
    List<ChannelNow> channels =
        people.sight().channels().stream().filter(c -> c.name().startsWith(begin)).toList();
    expectOne(problems, channels.size(), "channels of " + id);
    channels.forEach(channel -> check(problems, id, channel));
    expectOne(problems, posts(ANNOUNCEMENTS, heads(id)), "announcements of " + id);
  }

  private void check(List<String> problems, String id, ChannelNow channel) {
    expectOne(problems, posts(channel.id(), heads(id)), "headlines of " + id);
    expectOne(problems, posts(channel.id(), Posted::pinned), "pins of " + id);
    if (channel.topic().isEmpty()) {
      problems.add("the channel of " + id + " has no topic");
    }
    if (!channel.members().contains(people.sight().idOf("ada"))) {
      problems.add("the commander of " + id + " was not invited");
    }
    Map<String, Integer> times = new HashMap<>();
    people.sight().messages(channel.id()).stream()
        .filter(Posted::isFromBot)
        .forEach(message -> times.merge(message.words(), 1, Integer::sum));
    times.forEach(
        (words, n) -> {
          if (n > 1) {
            problems.add(n + " times (doubled) in " + id + ": " + words);
          }
        });
  }

  private static Predicate<Posted> heads(String id) {
    return message ->
        message.isFromBot()
            && message.thread().isEmpty()
            && message.words().contains("· " + id + " ·");
  }

  private long posts(String channel, Predicate<Posted> wanted) {
    return people.sight().messages(channel).stream().filter(wanted).count();
  }

  private static void expectOne(List<String> problems, long count, String what) {
    if (count != 1) {
      problems.add(count + " " + what + (count == 0 ? " (lost)" : " (doubled)"));
    }
  }

  @Override
  public void close() {
    bot.close();
    slack.close();
    receiver.close();
  }
}
