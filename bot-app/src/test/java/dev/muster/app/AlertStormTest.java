// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.Posted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storm of alerts by webhook while a person on Slack wants to be answered; the clock runs. */
class AlertStormTest {

  private static final int SENDERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The incidents that one source may declare before the umbrella, and the umbrella. */
  private static final int MOST_INCIDENTS = 6;

  private static final String RULES =
      """
      incidents: { platforms: [slack] }
      alerts:
        sources: [{ name: generic, kind: generic }]
        rules: [{ match: {}, group-by: [group], severity: SEV3, do: declare }]
      """;

  @TempDir Path folder;

  private final AtomicInteger next = new AtomicInteger();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  @Test
  void smallStorm_nothingIsLost_andAPersonIsAnsweredMeanwhile() throws InterruptedException {
    List<Duration> answers = storm(800, 40, 8);
    assertTrue(Collections.max(answers).compareTo(PATIENCE) < 0, answers.toString());
  }

  @Test
  @Tag("proof")
  void tenThousandAlerts_inTwoHundredGroups_delayNoAnswer() throws InterruptedException {
    List<Duration> answers = storm(10_000, 200, 60);
    Collections.sort(answers);
    Duration p95 = answers.get((int) Math.ceil(0.95 * answers.size()) - 1);
    assertTrue(p95.compareTo(Duration.ofSeconds(2)) <= 0, "95 of 100 answers came in " + p95);
  }

  private List<Duration> storm(int alerts, int groups, int commands) throws InterruptedException {
    try (SlackBot slack = SlackBot.start(folder, InstantSource.system(), RULES)) {
      slack.people().channel("checkout-team", "ada");
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(new Thread(() -> send(slack, alerts, groups), "alert-sender-" + i));
      }
      senders.forEach(Thread::start);
      List<Duration> answers = new ArrayList<>();
      for (int i = 0; i < commands; i++) {
        answers.add(asked(slack, i));
      }
      for (Thread sender : senders) {
        sender.join(TimeUnit.MINUTES.toMillis(5));
        assertFalse(sender.isAlive());
      }
      assertNothingLost(slack, alerts);
      assertFewPosts(slack);
      return answers;
    }
  }

  private void send(SlackBot slack, int alerts, int groups) {
    for (int n = next.getAndIncrement(); n < alerts; n = next.getAndIncrement()) {
      String key = "alert-" + n;
      Map<String, Object> alert =
          Map.of(
              "key",
              key,
              "title",
              "Check " + n + " fails",
              "status",
              "firing",
              "labels",
              Map.of("group", "group-" + n % groups));
      BotHttp.Answered answered = slack.bot().http().post("/alerts/generic", alert);
      if (answered.status() / 100 == 2) {
        acknowledged.add(key);
      } else {
        assertEquals(503, answered.status(), answered.body());
      }
    }
  }

  private static Duration asked(SlackBot slack, int number) {
    int before = slack.sight().toldTo("ada").size();
    long begun = System.nanoTime();
    String verb = number % 2 == 0 ? "list" : "help";
    slack.people().runs("ada", "checkout-team", "/incident " + verb);
    while (slack.sight().toldTo("ada").size() == before) {
      Duration waited = Duration.ofNanos(System.nanoTime() - begun);
      assertTrue(waited.compareTo(PATIENCE) < 0, "no answer to command " + number);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    // A person reads before they type on; 30 commands in 10 seconds would be refused.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(350));
    return took;
  }

  private void assertNothingLost(SlackBot slack, int alerts) {
    BotHttp http = slack.bot().http();
    http.until(
        "every stored alert was handled",
        () -> {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
          return http.get("/api/v1/health").json().path("inboxBacklog").asLong() == 0;
        });
    Set<String> known = new HashSet<>();
    String after = "";
    while (after != null) {
      JsonNode page = http.get("/api/v1/alerts?limit=200&cursor=" + after).json();
      page.path("items").forEach(alert -> known.add(alert.path("fingerprint").asText()));
      after = page.path("next").isTextual() ? page.path("next").asText() : null;
    }
    acknowledged.removeAll(known);
    assertEquals(Set.of(), acknowledged, "acknowledged and lost, of " + alerts);
  }

  private static void assertFewPosts(SlackBot slack) {
    List<ChannelNow> rooms =
        slack.sight().channels().stream().filter(c -> c.name().startsWith("inc-")).toList();
    assertTrue(rooms.size() <= MOST_INCIDENTS, rooms.size() + " incident channels");
    for (ChannelNow room : slack.sight().channels()) {
      List<Posted> posts = slack.sight().messages(room.id());
      List<Double> at =
          posts.stream()
              .filter(Posted::isFromBot)
              .map(post -> Double.parseDouble(post.ts()))
              .toList();
      for (double from : at) {
        long inAMinute = at.stream().filter(t -> t >= from && t < from + 60).count();
        assertTrue(inAMinute <= 60, inAMinute + " posts a minute in " + room.name());
      }
    }
  }
}
