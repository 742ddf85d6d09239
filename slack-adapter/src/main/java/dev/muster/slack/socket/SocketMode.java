// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import dev.muster.chat.UtcText;
import dev.muster.chat.spi.GapWatch;
import dev.muster.chat.spi.OperatorNotices;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.Secret;
import dev.muster.chat.spi.TheirClock;
import dev.muster.slack.client.Failure;
import dev.muster.slack.client.Reply;
import dev.muster.slack.client.SlackApi;
import dev.muster.slack.inbound.PushIntake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Socket Mode: Slack's pushes over connections that we open. A watchdog on another thread than the
 * connections' makes everything anew when none has lived for a minute, whatever the reason. Any
 * thread may call.
 */
public final class SocketMode implements AutoCloseable, Ears {

  private static final String OPEN = "apps.connections.open";
  private static final String DEAD = "socket_dead";
  private static final String TOKEN = "app_token";
  private static final String LINK = "link_disabled";
  private static final String TOO_MANY = "too_many_websockets";
  private static final List<String> TOPICS = List.of(DEAD, TOKEN, LINK, TOO_MANY);

  private static final String SWITCHED_OFF =
      "Slack has switched Socket Mode off for this app. Switch it on on the app's page \"Socket"
          + " Mode\", or write platforms.slack.mode: http and give Slack the request URL of this"
          + " server, ending in /slack/events.";
  private static final String CROWDED =
      "Slack allows no further connection: ten are open for this app already. Stop the other"
          + " programs that use the same app-level token.";

  private static final Duration TOLERATED = Duration.ofSeconds(60);
  private static final Duration STALL = Duration.ofSeconds(30);
  private static final Duration FIRST_HELLO = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(SocketMode.class);

  private final Parts parts;
  private final PlatformRuntime runtime;
  private final Connections.Parts anew;
  private final Steady steady;
  private final CompletableFuture<Void> firstHello = new CompletableFuture<>();
  private Connections connections;
  private ScheduledFuture<?> watching;
  private volatile Instant lastLive;
  private volatile Instant surelyLive;
  private volatile Instant livedAt;
  private volatile boolean switchedOff;
  private volatile String refusal;
  private Instant madeAt;
  private Instant lastLook;
  private Instant awakeSince = Instant.MIN;
  private int looksDead;
  private boolean closed;

  /**
   * What Socket Mode is made of.
   *
   * @param api calls Slack
   * @param apiUrl where the Web API lies
   * @param appToken the app-level token, asked for at each attempt
   * @param intake takes what comes
   * @param gaps is told when nothing could be heard
   * @param notices tells operators
   * @param theirs knows when something was sent that does not say so
   * @param timing the times
   */
  public record Parts(
      SlackApi api,
      String apiUrl,
      Supplier<Secret> appToken,
      PushIntake intake,
      GapWatch gaps,
      OperatorNotices notices,
      TheirClock theirs,
      SocketTiming timing) {}

  /** Creates Socket Mode; connects nothing. */
  public SocketMode(Parts parts, PlatformRuntime runtime) {
    this.parts = parts;
    this.runtime = runtime;
    this.steady = new Steady(runtime.clock());
    this.anew =
        new Connections.Parts(
            runtime.http(),
            this::address,
            parts.apiUrl(),
            new Pushes(parts.intake(), parts.theirs(), runtime.telemetry()),
            this,
            new AttemptPace(parts.timing(), this::luck),
            parts.timing(),
            runtime.clock(),
            steady,
            runtime.telemetry());
    runtime.telemetry().gauge("muster_slack_sockets", this::live);
  }

  /** Ids are unguessable, so what they begin with does. */
  private double luck() {
    return Math.floorMod(runtime.ids().get().hashCode(), 1_000) / 1_000.0;
  }

  private Reply<String> address() {
    return parts
        .api()
        .read(
            OPEN,
            client -> client.appsConnectionsOpen(r -> r.token(parts.appToken().get().reveal())))
        .match(
            body -> new Reply.Got<>(body.getUrl() == null ? "" : body.getUrl()), Reply.Failed::new);
  }

  /** Begins to connect; returns at once. */
  public synchronized void start() {
    lastLive = runtime.clock().instant();
    surelyLive = lastLive;
    livedAt = steady.instant();
    lastLook = livedAt;
    make();
    long millis = parts.timing().watchEvery().toMillis();
    watching =
        runtime
            .executor()
            .scheduleWithFixedDelay(this::watch, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void make() {
    madeAt = steady.instant();
    looksDead = 0;
    connections = new Connections(anew);
    connections.begin();
  }

  /** Returns how many connections are ready. */
  public synchronized int live() {
    return connections == null || closed ? 0 : connections.live();
  }

  /** Returns whether Slack said that Socket Mode is switched off for this app. */
  public boolean isSwitchedOff() {
    return switchedOff;
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Looks twice before it acts. While the machine slept, or its clock was put forward, nobody could
   * show that a connection lives, so that time does not count. A clock that is put back hides
   * nothing: it is not asked.
   */
  private synchronized void watch() {
    try {
      Instant now = steady.instant();
      if (now.isAfter(lastLook.plus(STALL))) {
        awakeSince = now;
      }
      lastLook = now;
      Instant from = latest(latest(livedAt, madeAt), awakeSince);
      Duration dead = Duration.between(from, now);
      looksDead = dead.compareTo(parts.timing().deadAfter()) >= 0 ? looksDead + 1 : 0;
      if (looksDead >= 2 && !closed) {
        makeAnew();
      }
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("error", e.getClass().getName()).log("slack_watchdog_broke");
    }
  }

  private void makeAnew() {
    LOG.atWarn().addKeyValue("since", lastLive).log("slack_socket_made_anew");
    runtime.telemetry().count("muster_slack_socket_made_anew_total");
    connections.close();
    // They may have lived all the while, or been dead for a while before that was noticed.
    parts.gaps().deaf(surelyLive.minus(parts.timing().doubt()));
    make();
    if (!switchedOff) {
      parts.notices().tell(DEAD, dead());
    }
  }

  private String dead() {
    return "No connection to Slack has lived since "
        + UtcText.minute(lastLive)
        + ", so nothing typed in Slack reaches Muster. It keeps trying. Check that this machine"
        + " reaches wss-primary.slack.com on port 443 and that Slack is up: status.slack.com.";
  }

  /**
   * Returns what keeps Slack from reaching us, if anything does. Before the start it asks Slack for
   * an address and does not use it; afterwards it waits a few seconds for the first connection.
   */
  public Optional<String> finding() {
    if (lastLive == null) {
      return address().failure().map(SocketMode::sentence);
    }
    awaitFirstHello();
    if (live() > 0) {
      return Optional.empty();
    }
    if (switchedOff) {
      return Optional.of(SWITCHED_OFF);
    }
    Duration silent = Duration.between(livedAt, steady.instant());
    return firstHello.isDone() && silent.compareTo(TOLERATED) <= 0
        ? Optional.empty()
        : Optional.of(refusal == null ? dead() : refusal);
  }

  private void awaitFirstHello() {
    try {
      firstHello.get(FIRST_HELLO.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.atDebug().log("slack_socket_not_ready_yet");
    }
  }

  @Override
  public void hear(Instant now, Instant sure) {
    lastLive = now;
    surelyLive = sure;
    livedAt = steady.instant();
    switchedOff = false;
    refusal = null;
    firstHello.complete(null);
    parts.gaps().listening(now, sure);
    TOPICS.forEach(topic -> parts.notices().over(topic, "Slack reaches Muster again."));
  }

  @Override
  public void deaf(Instant since) {
    parts.gaps().deaf(since);
  }

  @Override
  public void unwanted(String reason) {
    if (reason.equals(LINK)) {
      switchedOff = true;
      parts.notices().tell(LINK, SWITCHED_OFF);
    } else {
      parts.notices().tell(TOO_MANY, CROWDED);
    }
  }

  @Override
  public void refused(Failure failure) {
    switch (failure.kind()) {
      case AUTH_DEAD, CONFIGURATION, INPUT, GONE -> {
        refusal = sentence(failure);
        parts.notices().tell(TOKEN, refusal);
      }
      default ->
          LOG.atWarn()
              .addKeyValue("method", failure.method())
              .addKeyValue("code", failure.code())
              .log("slack_socket_no_address");
    }
  }

  private static String sentence(Failure failure) {
    return switch (failure.kind()) {
      case AUTH_DEAD, CONFIGURATION, INPUT, GONE ->
          "Slack refuses the app-level token ("
              + failure.method()
              + ": "
              + failure.code()
              + "). Generate one with the scope connections:write on the app's page \"Basic"
              + " Information\", put it, it begins with xapp-, into platforms.slack.app-token, and"
              + " reload the configuration; restart where it comes from the environment.";
      default -> failure.finding();
    };
  }

  /** Ends for good because Slack is to reach us otherwise; what was wrong here is of no account. */
  public void leave() {
    close();
    TOPICS.forEach(
        topic -> parts.notices().over(topic, "Muster opens no connections to Slack any more."));
  }

  /** Ends every connection and thread. */
  @Override
  public synchronized void close() {
    closed = true;
    if (watching != null) {
      watching.cancel(false);
      watching = null;
    }
    if (connections != null) {
      connections.close();
    }
  }
}
