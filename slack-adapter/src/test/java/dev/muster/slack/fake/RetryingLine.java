// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends an event again that was not taken within three seconds: at once, a minute after that and
 * five minutes after that, each time saying which repetition it is and why; then it is lost. Slack
 * documentation, Events API, retries. Commands, presses and forms are sent once. Time passes when
 * {@link #passTime} is called. Thread-safe.
 */
public final class RetryingLine implements PushLine {

  private static final List<Duration> PAUSES =
      List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5));

  private final PushLine line;
  private final InstantSource clock;
  private final List<Due> waiting = new ArrayList<>();
  private int lost;

  private record Due(Push push, Instant at) {}

  /** Lets pushes go over {@code line}; {@code clock} is Slack's. */
  public RetryingLine(PushLine line, InstantSource clock) {
    this.line = line;
    this.clock = clock;
  }

  @Override
  public Pushed push(Push push) {
    Pushed answer = line.push(push);
    if (push.kind() != Push.Kind.EVENT || answer.isAcknowledged()) {
      return answer;
    }
    if (push.retry() == PAUSES.size()) {
      lose();
      return answer;
    }
    Push again = push.again(reason(answer));
    Duration pause = PAUSES.get(push.retry());
    return pause.isZero() ? push(again) : later(new Due(again, clock.instant().plus(pause)));
  }

  private static String reason(Pushed answer) {
    if (answer.equals(Pushed.NOBODY)) {
      return "connection_failed";
    }
    return answer.equals(Pushed.LATE) ? "http_timeout" : "http_error";
  }

  private synchronized void lose() {
    lost++;
  }

  private synchronized Pushed later(Due due) {
    waiting.add(due);
    return Pushed.NOBODY;
  }

  /** Sends what is due by now. */
  public void passTime() {
    takeDue().forEach(due -> push(due.push()));
  }

  private synchronized List<Due> takeDue() {
    List<Due> due = waiting.stream().filter(d -> !d.at().isAfter(clock.instant())).toList();
    waiting.removeAll(due);
    return due;
  }

  /** Returns how many events will be sent again. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Returns how many events were given up. */
  public synchronized int lost() {
    return lost;
  }
}
