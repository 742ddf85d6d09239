// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.effect.Priority;
import dev.muster.slack.fake.Call;
import dev.muster.slack.fake.Posted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** More to say than Slack takes: what is urgent goes first, the rest is merged, nothing is lost. */
class StormTest extends AlertsInSlack {

  private static final String PAGE = "Please come to INC-1.";

  private boolean isShown(String text) {
    return shown("INC-1").stream().anyMatch(m -> m.words().contains(text));
  }

  private List<Call> editsOf(Posted message) {
    return slack.slack().calls("chat.update").stream()
        .filter(call -> call.get("ts").equals(message.ts()))
        .toList();
  }

  @Test
  void fiveHundredUpdates_ofOneCard_endWithTheLastInFewCallsAndDelayNoPage() {
    fires("db", 0);
    slack.engine().pass(Duration.ofSeconds(10), TICK);
    Instant paged = Instant.MAX;
    Optional<Instant> seen = Optional.empty();
    Instant began = now();

    for (int i = 1; i <= 500; i++) {
      fires("db", i);
      if (i % 4 == 0) {
        order("news/" + i, Priority.CARDS, "Card " + i + " of a chatty step.");
      }
      if (i == 250) {
        order("page", Priority.PAGING, PAGE);
        paged = now();
      }
      slack.engine().pass(TICK, TICK);
      if (i >= 250 && seen.isEmpty() && isShown(PAGE)) {
        seen = Optional.of(now());
      }
    }
    Duration storm = Duration.between(began, now());
    slack.engine().pass(Duration.ofSeconds(4), TICK);

    Posted list =
        shown("INC-1").stream().filter(m -> m.words().contains("firing")).findFirst().orElseThrow();
    assertTrue(list.words().contains("501 firing"), list.words());
    long fewest = 1 + storm.toSeconds() / 2;
    int edits = editsOf(list).size();
    assertTrue(edits <= 1.2 * fewest, edits + " edits where " + fewest + " would do");
    Duration delay = Duration.between(paged, seen.orElseThrow());
    assertTrue(delay.compareTo(Duration.ofSeconds(5)) <= 0, "the page came after " + delay);
    slack.engine().pass(Duration.ofMinutes(2), Duration.ofSeconds(1));
    for (int i = 4; i <= 500; i += 4) {
      assertTrue(isShown("Card " + i + " of"), "card " + i + " is lost");
    }
    assertTrue(mostInAMinute(shown("INC-1")) <= 60);
  }

  private static long mostInAMinute(List<Posted> posts) {
    List<Double> at = posts.stream().map(post -> Double.parseDouble(post.ts())).toList();
    return at.stream()
        .mapToLong(from -> at.stream().filter(t -> t >= from && t < from + 60).count())
        .max()
        .orElse(0);
  }
}
