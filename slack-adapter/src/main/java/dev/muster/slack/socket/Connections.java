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
import java.util.Set;
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

  /** All that Slack had sent was read, and then its good-bye. */
  private static final Set<String> CLEAN = Set.of("closed", "closed_by_slack");

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
   * @param clock the machine's clock
   * @param steady the same, but never put back; every duration is measured by it
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
      Steady steady,
      Telemetry telemetry) {}

  private final Parts parts;
  private final SocketThreads threads = SocketThreads.make();
  private final OkHttpClient client;
  private final List<Connection> all = new ArrayList<>();
  private volatile int live;
  private volatile boolean closing;
  private final Attention attention;

  Connections(Parts parts) {
    this.parts = parts;
    this.attention = new Attention(parts.timing().doubt());
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
      Instant now = parts.steady().instant();
      attention.look(now);
      giveUpOnTheMute(now);
      renewTheOld(now);
      letTheLeavingGo(now);
      hear(now);
      if (staying() < WANTED && parts.pace().mayTry(now)) {
        attempt();
      }
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("error", e.getClass().getName()).log("slack_socket_round_broke");
      parts.telemetry().count("muster_slack_socket_faults_total");
    }
  }

  private void hear(Instant now) {
    if (live > 0) {
      Instant wall = parts.clock().instant();
      parts.ears().hear(wall, wall.minus(attention.missed(now)));
    }
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
    Instant now = parts.steady().instant();
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
    Connection connection = new Connection(this, parts.pushes(), threads.workers(), parts.steady());
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
            connection.liveSince = parts.steady().instant();
            connection.refreshAt = hello.lasts().map(this::renewal).orElse(Instant.MAX);
            parts.pace().succeeded();
            count();
            hear(connection.liveSince);
          }
        });
  }

  /**
   * Returns when a connection is renewed: a little before its end, or half-way when the other one
   * would be renewed at about the same time.
   */
  private Instant renewal(Duration lasts) {
    Instant now = parts.steady().instant();
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
          Instant now = parts.steady().instant();
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
      deaf(attention.sureBefore(now));
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
  public void ended(Connection connection, String reason, Instant at) {
    onLoop(() -> forget(connection, reason, at));
  }

  private void forget(Connection connection, String reason, Instant at) {
    if (!all.remove(connection)) {
      return;
    }
    if (connection.live) {
      if (!connection.leaving) {
        ended(reason);
      }
      count();
    } else {
      parts.pace().failed(parts.steady().instant());
      ended("not_ready_" + reason);
    }
    mourn(connection, CLEAN.contains(reason), at);
  }

  /**
   * Tells what may have been missed with a connection that is no more. What Slack pushed to one
   * that broke is lost, also when the others live and when it was to leave anyway. After a good-bye
   * nothing is lost as long as another one was ready for all of the time in doubt.
   */
  private void mourn(Connection gone, boolean clean, Instant at) {
    Instant sure = attention.sureBefore(at);
    if (!clean) {
      // Slack pushes nothing to one that it turned away before its hello.
      if (gone.live || gone.isAccepted() && !gone.leaving) {
        deaf(sure.isBefore(gone.openedAt) ? gone.openedAt : sure);
      }
      return;
    }
    boolean ours = !gone.goneBy.equals(Instant.MAX);
    Instant left = ours ? gone.goneBy.minus(LEAVES_WITHIN).minus(attention.missed(at)) : sure;
    Instant from = left.isBefore(sure) ? sure : left;
    boolean covered = all.stream().anyMatch(c -> c.live && !c.barred && !c.liveSince.isAfter(from));
    if (gone.live && !covered) {
      deaf(from);
    }
  }

  /** The steady clock may show something else than the machine's. */
  private void deaf(Instant since) {
    Duration ago = Duration.between(since, parts.steady().instant());
    parts.ears().deaf(parts.clock().instant().minus(ago));
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
