// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pushes the stand-in repeats, and when. */
class RetryingLineTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final Deque<Pushed> answers = new ArrayDeque<>();
  private final List<Map<String, String>> sent = new ArrayList<>();
  private final RetryingLine line =
      new RetryingLine(
          push -> {
            sent.add(push.retryHeaders());
            return answers.isEmpty() ? new Pushed(200, "") : answers.remove();
          },
          clock);

  private static Push push(Push.Kind kind) {
    return Push.first(kind, Call.object());
  }

  private static Map<String, String> retry(int number, String reason) {
    return Map.of("X-Slack-Retry-Num", "" + number, "X-Slack-Retry-Reason", reason);
  }

  private void later(Duration pause) {
    clock.advance(pause);
    line.passTime();
  }

  @Test
  void event_neverTaken_comesThreeTimesMoreAndIsLost() {
    answers.addAll(List.of(Pushed.NOBODY, Pushed.LATE, new Pushed(503, ""), Pushed.NOBODY));

    line.push(push(Push.Kind.EVENT));
    assertEquals(List.of(Map.of(), retry(1, "connection_failed")), sent);
    later(Duration.ofSeconds(59));
    assertEquals(2, sent.size());
    later(Duration.ofSeconds(1));
    assertEquals(retry(2, "http_timeout"), sent.get(2));
    later(Duration.ofMinutes(4));
    assertEquals(3, sent.size());
    later(Duration.ofMinutes(1));
    assertEquals(retry(3, "http_error"), sent.get(3));
    later(Duration.ofHours(1));

    assertEquals(4, sent.size());
    assertEquals(1, line.lost());
    assertEquals(0, line.waiting());
  }

  @Test
  void event_takenTheSecondTime_comesNoMore() {
    answers.add(Pushed.LATE);

    assertEquals(200, line.push(push(Push.Kind.EVENT)).status());
    later(Duration.ofHours(1));

    assertEquals(2, sent.size());
    assertEquals(0, line.lost());
  }

  @Test
  void handwork_notTaken_isNotRepeated() {
    answers.addAll(List.of(Pushed.NOBODY, Pushed.LATE));

    line.push(push(Push.Kind.COMMAND));
    line.push(push(Push.Kind.INTERACTION));
    later(Duration.ofHours(1));

    assertEquals(2, sent.size());
  }
}
