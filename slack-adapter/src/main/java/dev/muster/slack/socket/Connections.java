// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import dev.muster.slack.client.Failure;
import dev.muster.slack.client.Reply;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two connections, so that one carries on while the other is renewed, and their threads. Everything
 * is decided on one thread that goes round a few times a second and survives whatever happens in
 * one round. A connection that Slack is about to end, or that is near the end of its time, is kept
 * until its successor is ready.
 */
final class Connections implements AutoCloseable, Connection.Owner {

  private static final int WANTED = 2;
  private static final long LAST_WORDS_MS = 1_000;

  /** A connection that is to leave is ended after this, even while a push is being taken. */
  private static final Duration LEAVES_WITHIN = Duration.ofSeconds(10);

  /** Rounds come twice a second or more often; so long without one, and the machine slept. */
  private static final Duration STALL = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  /**
   * What connections are made of.
   *
   * @param http the guarded client they are derived from
   * @param address asks Slack for an address to connect to; blocks
   * @param apiUrl where the Web API lies
   * @param pushes takes what comes
   * @param ears is told how well we hear
   * @param pace says when to try
   * @param timing the times
   * @param clock the clock
   * @param telemetry the counters
   */
  record Parts(
      OkHttpClient http,
      Supplier<Reply<String>> address,
      String apiUrl,
      Pushes pushes,
      Ears ears,
      AttemptPace pace,
      SocketTiming timing,
      InstantSource clock,
      Telemetry telemetry) {}

  private final Parts parts;
  private final SocketThreads threads = SocketThreads.make();
  private final OkHttpClient client;
  private final List<Connection> all = new ArrayList<>();
  private volatile int live;
  private volatile boolean closing;
  private Instant lastTurn;
  private Instant stalledFrom = Instant.EPOCH;
  private Instant stalledUntil = Instant.EPOCH;

  Connections(Parts parts) {
    this.parts = parts;
    this.client =
        parts
            .http()
            .newBuilder()
            .retryOnConnectionFailure(false)
            .dispatcher(new Dispatcher(threads.readers()))
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .connectTimeout(parts.timing().helloWithin())
            .pingInterval(parts.timing().pingEvery())
            .build();
  }

  /** Begins to connect. */
  void begin() {
    long millis = parts.timing().turnEvery().toMillis();
    threads.loop().scheduleWithFixedDelay(this::turn, 0, millis, TimeUnit.MILLISECONDS);
  }

  /** Returns how many connections are ready. Any thread may ask. */
  int live() {
    return live;
  }

  /** Nothing that happens in one round may be the reason that there is no next one. */
  private void turn() {
    try {
      Instant now = parts.clock().instant();
      noteStall(now);
      giveUpOnTheMute(now);
      renewTheOld(now);
      letTheLeavingGo(now);
      if (staying() < WANTED && parts.pace().mayTry(now)) {
        attempt();
      }
      if (live > 0) {
        parts.ears().hear(parts.clock().instant());
      }
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("error", e.getClass().getName()).log("slack_socket_round_broke");
      parts.telemetry().count("muster_slack_socket_faults_total");
    }
  }

  /**
   * Notes when no round was made for long, as after the machine slept: a connection that turns out
   * to be broken soon afterwards may have been so since then. Stalls that follow one another are
   * one.
   */
  private void noteStall(Instant now) {
    Duration doubt = parts.timing().doubt();
    if (lastTurn != null && now.isAfter(lastTurn.plus(STALL))) {
      boolean goesOn = !stalledUntil.plus(doubt).isBefore(lastTurn);
      stalledFrom = goesOn ? stalledFrom : lastTurn;
      stalledUntil = now;
    }
    lastTurn = now;
  }

  /** Returns the last instant at which this object certainly was at work. */
  private Instant atWork(Instant now) {
    boolean stalledLately = now.isBefore(stalledUntil.plus(parts.timing().doubt()));
    Instant seen = stalledLately ? stalledFrom : lastTurn;
    return seen != null && seen.isBefore(now) ? seen : now;
  }

  private long staying() {
    return all.stream().filter(connection -> !connection.leaving).count();
  }

  private void giveUpOnTheMute(Instant now) {
    Instant latest = now.minus(parts.timing().helloWithin());
    all.stream()
        .filter(connection -> !connection.live && connection.openedAt.isBefore(latest))
        .toList()
        .forEach(connection -> connection.cut("no_hello"));
  }

  private void renewTheOld(Instant now) {
    all.stream()
        .filter(connection -> connection.live && !connection.leaving)
        .filter(connection -> !now.isBefore(connection.refreshAt))
        .forEach(
            connection -> {
              leave(connection, Instant.MAX);
              ended("renewed");
            });
  }

  private static void leave(Connection connection, Instant by) {
    connection.leaving = true;
    connection.leaveBy = by;
  }

  private void letTheLeavingGo(Instant now) {
    long ready = all.stream().filter(c -> c.live && !c.leaving).count();
    all.stream()
        .filter(connection -> connection.leaving)
        .filter(c -> ready >= WANTED && !c.isBusy() || !now.isBefore(c.leaveBy))
        .toList()
        .forEach(connection -> letGo(connection, now));
  }

  private static void letGo(Connection connection, Instant now) {
    if (connection.goneBy.equals(Instant.MAX)) {
      connection.goneBy = now.plus(LEAVES_WITHIN);
      connection.close();
    } else if (!now.isBefore(connection.goneBy)) {
      connection.cut("closed_alone");
    }
  }

  private void attempt() {
    Reply<String> reply = parts.address().get();
    Instant now = parts.clock().instant();
    parts.pace().answered(now);
    Optional<Failure> failure = reply.failure();
    if (failure.isPresent()) {
      tried(failure.get().kind().name().toLowerCase(Locale.ROOT));
      parts.pace().failed(now);
      parts.ears().refused(failure.get());
      return;
    }
    Optional<SocketAddress> address =
        SocketAddress.of(((Reply.Got<String>) reply).body(), parts.apiUrl());
    if (address.isEmpty()) {
      tried("strange_address");
      parts.pace().failed(now);
      LOG.atWarn().log("slack_socket_address_not_used");
      return;
    }
    tried("ok");
    Connection connection = new Connection(this, parts.pushes(), threads.workers(), parts.clock());
    all.add(connection);
    connection.open(client, address.get());
  }

  private void tried(String result) {
    parts.telemetry().count("muster_slack_socket_attempts_total", "result", result);
  }

  @Override
  public void ready(Connection connection, Frame.Hello hello) {
    onLoop(
        () -> {
          if (all.contains(connection) && !connection.live) {
            connection.live = true;
            connection.refreshAt = hello.lasts().map(this::renewal).orElse(Instant.MAX);
            parts.pace().succeeded();
            count();
            parts.ears().hear(parts.clock().instant());
          }
        });
  }

  /**
   * Returns when a connection is renewed: a little before its end, or half-way when the other one
   * would be renewed at about the same time.
   */
  private Instant renewal(Duration lasts) {
    Instant now = parts.clock().instant();
    Instant planned = now.plus(lasts.multipliedBy(9).dividedBy(10));
    Duration quarter = lasts.dividedBy(4);
    boolean together =
        all.stream()
            .filter(other -> other.live && !other.leaving && !other.refreshAt.equals(Instant.MAX))
            .anyMatch(
                other -> Duration.between(other.refreshAt, planned).abs().compareTo(quarter) < 0);
    return together ? now.plus(lasts.multipliedBy(9).dividedBy(20)) : planned;
  }

  @Override
  public void asked(Connection connection, String reason) {
    onLoop(
        () -> {
          Instant now = parts.clock().instant();
          switch (reason) {
            case "warning" -> leave(connection, Instant.MAX);
            case "refresh_requested" -> leave(connection, now.plus(LEAVES_WITHIN));
            case "link_disabled" -> unwanted(reason, all, now);
            case "too_many_websockets" -> unwanted(reason, List.of(connection), now);
            default -> leave(connection, now.plus(LEAVES_WITHIN));
          }
          ended(known(reason));
        });
  }

  private void unwanted(String reason, List<Connection> those, Instant now) {
    parts.pace().rest(now, parts.timing().restWhenTold());
    for (Connection connection : those) {
      leave(connection, now);
      connection.barred = true;
    }
    letTheLeavingGo(now);
    count();
    if (live == 0) {
      parts.ears().deaf(now);
    }
    parts.ears().unwanted(reason);
  }

  private static String known(String reason) {
    return switch (reason) {
      case "warning", "refresh_requested", "link_disabled", "too_many_websockets" -> reason;
      default -> "other";
    };
  }

  @Override
  public void ended(Connection connection, String reason) {
    onLoop(() -> forget(connection, reason));
  }

  private void forget(Connection connection, String reason) {
    if (!all.remove(connection)) {
      return;
    }
    Instant now = parts.clock().instant();
    if (!connection.live) {
      parts.pace().failed(now);
      ended("not_ready_" + reason);
      return;
    }
    if (!connection.leaving) {
      ended(reason);
    }
    count();
    // While one breaks unannounced the others may be dead as well and not yet known to be so.
    boolean unannounced = !connection.leaving && !reason.startsWith("closed");
    if (live == 0 || unannounced) {
      parts.ears().deaf(certain(connection, reason, now));
    }
  }

  /** A connection that broke may have been dead for as long as its silence is tolerated. */
  private Instant certain(Connection connection, String reason, Instant now) {
    if (reason.startsWith("closed")) {
      return now;
    }
    Instant doubtful = atWork(now).minus(parts.timing().doubt());
    return connection.lastHeard().isAfter(doubtful) ? connection.lastHeard() : doubtful;
  }

  private void ended(String reason) {
    parts.telemetry().count("muster_slack_socket_reconnects_total", "reason", reason);
  }

  private void count() {
    live = (int) all.stream().filter(connection -> connection.live && !connection.barred).count();
  }

  private void onLoop(Runnable work) {
    try {
      threads
          .loop()
          .execute(
              () -> {
                try {
                  work.run();
                } catch (RuntimeException | Error e) {
                  LOG.atError()
                      .addKeyValue("error", e.getClass().getName())
                      .log("slack_socket_change_broke");
                  parts.telemetry().count("muster_slack_socket_faults_total");
                }
              });
    } catch (RejectedExecutionException e) {
      if (!closing) {
        throw e;
      }
    }
  }

  /** Lets answers under way go out, says good-bye, and ends every thread and socket. */
  @Override
  public void close() {
    closing = true;
    threads.loop().shutdownNow();
    threads.finishAnswers();
    List<Connection> left = awaitLoop() ? List.copyOf(all) : List.of();
    left.forEach(Connection::close);
    threads.finishReading(left.isEmpty() ? 0 : LAST_WORDS_MS);
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
    threads.close();
  }

  /** After the loop has ended, its list is ours; while it hangs in a call, the list is not. */
  private boolean awaitLoop() {
    try {
      return threads.loop().awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
