// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Memory;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.FakeSocket;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.slack.fake.SocketLine;
import dev.muster.slack.socket.SocketTiming;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The adapter in Socket Mode over the stand-in, with a machine that is quick: a silent connection
 * is noticed within three seconds, and everything else waits for the clock of the test.
 */
final class SocketGround implements AutoCloseable {

  static final SocketTiming QUICK =
      new SocketTiming(
          Duration.ofMillis(1_500),
          Duration.ofMillis(5),
          Duration.ofMillis(15),
          SocketTiming.USUAL.doubt(),
          SocketTiming.USUAL.helloWithin(),
          SocketTiming.USUAL.attemptsApart(),
          SocketTiming.USUAL.longestPause(),
          SocketTiming.USUAL.restWhenTold(),
          SocketTiming.USUAL.deadAfter());

  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration LONG_STEP = Duration.ofSeconds(2);
  private static final Duration ROUNDS_TAKE = Duration.ofMillis(15);
  private static final Duration LONGEST_ROUNDS = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final ManualClock clock;
  final FakeSlack slack;
  final FakeSocket socket;
  final SlackPeople people;
  private final Path folder;
  private final AtomicLong looks = new AtomicLong();
  TestRuntime runtime;
  ChatPlatform platform;
  private volatile boolean patient = true;
  private volatile Duration ahead = Duration.ZERO;

  SocketGround(ManualClock clock, Path folder) {
    this.clock = clock;
    this.folder = folder;
    slack = new FakeSlack(this::theirTime);
    socket = new FakeSocket(slack);
    people =
        new SlackPeople(
            slack,
            push -> {
              if (patient) {
                return new SocketLine(socket, runtime.telemetry()).push(push);
              }
              socket.push(push);
              return Pushed.NOBODY;
            });
  }

  /** Creates the adapter; the caller starts it. */
  ChatPlatform create(String mode, ChatInbox inbox, Memory memory) {
    // A process that starts anew knows of no attempt before.
    clock.advance(SocketTiming.USUAL.attemptsApart());
    runtime = new TestRuntime(this::asked, this::theirTime, memory, folder);
    platform = new SlackPlatform(Worlds.settings(mode, slack.apiUrl()), QUICK, inbox, runtime);
    return platform;
  }

  /** Says by how much the machine's clock is ahead of Slack's, before the adapter is created. */
  void machineIsAhead(Duration by) {
    ahead = by;
  }

  private Instant theirTime() {
    return clock.instant().minus(ahead);
  }

  /** Ends the adapter as a stop of the process does. */
  void stop() {
    platform.close();
    runtime.close();
  }

  /** Pushes wait for nobody from now on, as those of Slack do. */
  void impatient() {
    patient = false;
  }

  /** Pushes wait for a connection and for what becomes of them. */
  void patient() {
    patient = true;
  }

  /** Turns the clock in small steps until so many connections are open. */
  void awaitLive(int count) {
    until(() -> socket.live() == count && counted(count), "connections: " + count);
  }

  private boolean counted(int count) {
    return runtime.telemetry().prometheusText().contains("muster_slack_sockets " + count + ".0");
  }

  /** Turns the clock in small steps until something is so. */
  void until(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      clock.advance(isBetweenAttempts() ? LONG_STEP : STEP);
      pause();
    }
  }

  /** Nobody is connected or about to be: time alone brings the next attempt. */
  private boolean isBetweenAttempts() {
    return socket.live() == 0 && !socket.isOpening() && counted(0);
  }

  /** Each round of the loop that looks after the connections begins by asking for the time. */
  private Instant asked() {
    if (Thread.currentThread().getName().equals("slack-socket-loop")) {
      looks.incrementAndGet();
    }
    return clock.instant();
  }

  /**
   * Lets the machine's clock go on a little, so that the adapter's loops go round: also on a busy
   * machine, where the clock of the test would outrun them.
   */
  void pause() {
    long enough = looks.get() + 4;
    long begun = System.nanoTime();
    long passed = 0;
    while (passed < ROUNDS_TAKE.toNanos()
        || looks.get() < enough && passed < LONGEST_ROUNDS.toNanos()) {
      LockSupport.parkNanos(ROUNDS_TAKE.toNanos() / 5);
      passed = System.nanoTime() - begun;
    }
  }

  /** Waits without turning the clock. */
  void stay(BooleanSupplier condition, String what) {
    socket.await(condition, what);
  }

  /** Does what the core does after a gap: reads the channel and hands over what it finds. */
  void fill(RecordingInbox inbox, ChannelRef channel) {
    for (ChatEvent.ConnectionGap gap : inbox.heard(ChatEvent.ConnectionGap.class)) {
      var outcome = platform.readHistory(channel, gap.since(), java.util.Optional.empty());
      outcome.match(
          page -> page.deliveries().stream().map(inbox::accept).toList(),
          later -> List.of(),
          refused -> List.of(),
          unknown -> List.of());
    }
  }

  @Override
  public void close() {
    stop();
    socket.close();
    slack.close();
  }
}
