// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.pace;

import dev.muster.chat.spi.pace.Bucket;
import dev.muster.chat.spi.pace.Outage;
import dev.muster.chat.spi.pace.Pauses;
import dev.muster.chat.spi.pace.Recent;
import dev.muster.chat.spi.pace.RetryAfter;
import dev.muster.chat.spi.pace.Spacing;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * What one workspace takes: a bucket per method and per channel, what Slack asked us to leave for a
 * while, the distance of changes to one message, and whether Slack is down. It never waits; a call
 * that may not be made now is told when its turn comes. Lives in memory alone: after a restart a
 * pause that Slack asked for is forgotten and asked for once more. Any thread may call.
 */
public final class Budget {

  /** Used when Slack says "too many" without a readable time. */
  public static final Duration BLIND_WAIT = Duration.ofSeconds(30);

  /** Slack takes one message a second per channel and tolerates short bursts. */
  private static final double CHANNEL_SIZE = 3;

  private static final double CHANNEL_PER_MINUTE = 57;

  /** Of a minute's calls this part may be made at once; the rest comes back over the minute. */
  private static final double AT_ONCE = 0.4;

  /** Changes of one message closer than this show as flicker and are merged. */
  private static final Duration EDITS_APART = Duration.ofSeconds(2);

  /** For apps that were distributed, Slack allows one history call a minute, 15 messages each. */
  private static final Duration SPARING_FROM = Duration.ofSeconds(30);

  private static final Duration SPARING_LASTS = Duration.ofHours(1);

  private static final int SPARING_PAGE = 15;
  private static final int CHANNELS = 500;
  private static final int MESSAGES = 2_000;

  private final InstantSource clock;
  private final Telemetry telemetry;
  private final Map<String, Bucket> methods = new HashMap<>();
  private final Map<String, Bucket> channels = new Recent<>(CHANNELS);
  private final Pauses pauses;
  private final Spacing spacing = new Spacing(EDITS_APART, MESSAGES);
  private final Outage outage = new Outage();
  private final DoubleAdder heldSeconds = new DoubleAdder();
  private Instant sparingUntil = Instant.MIN;

  /**
   * Makes a full budget and shows it as gauges.
   *
   * @param random numbers from 0 to 1, so that not everybody goes on at the same moment
   */
  public Budget(InstantSource clock, Telemetry telemetry, DoubleSupplier random) {
    this.clock = clock;
    this.telemetry = telemetry;
    pauses = new Pauses(CHANNELS, random);
    for (String method : Tier.methods()) {
      telemetry.gauge("muster_slack_tokens_left", () -> left(method), "method", method);
    }
    telemetry.gauge("muster_slack_busiest_channel_tokens_left", this::leftInBusiestChannel);
    telemetry.gauge("muster_slack_held_back_seconds", heldSeconds::sum);
    telemetry.gauge("muster_slack_down", () -> isDown() ? 1 : 0);
  }

  /**
   * Counts a call, if it may be made now.
   *
   * @return how long until its turn; empty when it is to be made now
   */
  public synchronized Optional<Duration> hold(Ask ask) {
    Instant now = clock.instant();
    Optional<Duration> wait = waitOf(ask, now);
    if (wait.isPresent()) {
      String urgency = ask.urgency().name().toLowerCase(Locale.ROOT);
      telemetry.count("muster_slack_held_back_total", "method", ask.method(), "urgency", urgency);
      heldSeconds.add(wait.get().toMillis() / 1e3);
      return wait;
    }
    count(ask, now);
    return Optional.empty();
  }

  private Optional<Duration> waitOf(Ask ask, Instant now) {
    Optional<Duration> paused = paused(ask, now);
    if (paused.isPresent() || Tier.of(ask.method()) == Tier.AT_ONCE) {
      return paused;
    }
    Optional<Duration> down = outage.left(now);
    if (down.isPresent()) {
      return down;
    }
    Optional<Duration> apart =
        ask.message().isEmpty() ? Optional.empty() : spacing.left(message(ask), ask.urgency(), now);
    return apart.isPresent() ? apart : turn(ask, now);
  }

  private Optional<Duration> paused(Ask ask, Instant now) {
    return Stream.of(ask.method(), inChannel(ask))
        .flatMap(what -> pauses.left(what, now).stream())
        .max(Comparator.naturalOrder());
  }

  private Optional<Duration> turn(Ask ask, Instant now) {
    Stream<Bucket> limits =
        Stream.concat(Stream.of(method(ask.method(), now)), channel(ask, now).stream());
    return Bucket.turn(limits, ask.urgency(), now);
  }

  private void count(Ask ask, Instant now) {
    outage.tries(now);
    method(ask.method(), now).take(ask.urgency(), now);
    channel(ask, now).ifPresent(bucket -> take(ask, bucket, now));
    if (!ask.message().isEmpty()) {
      spacing.changed(message(ask), now);
    }
  }

  /**
   * Notes that Slack turned a call away and asked to wait, and holds back the method, or for posts
   * the channel, that long and a little longer.
   *
   * @param retryAfter what Slack's header says; null when there is none
   * @param everywhere whether it is the whole workspace that may not post
   * @return how long
   */
  public synchronized Duration refused(Ask ask, String retryAfter, boolean everywhere) {
    Instant now = clock.instant();
    Duration wait = pauses.lengthened(RetryAfter.of(retryAfter, now).orElse(BLIND_WAIT));
    boolean byChannel = !ask.channel().isEmpty() && ask.message().isEmpty() && !everywhere;
    pauses.begin(byChannel ? inChannel(ask) : ask.method(), now, wait);
    (byChannel ? channel(ask, now).orElseThrow() : method(ask.method(), now)).shrink(now);
    if (isHistory(ask.method()) && wait.compareTo(SPARING_FROM) >= 0) {
      sparingUntil = now.plus(SPARING_LASTS);
    }
    return wait;
  }

  /** Notes that Slack answered, whatever it said. */
  public synchronized void answered() {
    outage.answered();
  }

  /** Notes that a call broke on the way or at Slack. */
  public synchronized void broke() {
    outage.broke(clock.instant());
  }

  /** Returns whether a call that may be made now is the one that finds out if Slack is back. */
  public synchronized boolean isToTry(Ask ask) {
    return outage.isOn() && Tier.of(ask.method()) != Tier.AT_ONCE;
  }

  /** Returns whether calls wait because Slack is taken to be down. */
  public synchronized boolean isDown() {
    return outage.isOn();
  }

  /**
   * Returns how many messages of a channel's past to ask for at once: fewer after Slack turned such
   * a call away.
   *
   * @param wanted what one would like to have
   */
  public synchronized int historyPage(int wanted) {
    return isSparing(clock.instant()) ? Math.min(SPARING_PAGE, wanted) : wanted;
  }

  private boolean isSparing(Instant now) {
    return now.isBefore(sparingUntil);
  }

  private static boolean isHistory(String method) {
    return method.equals("conversations.history") || method.equals("conversations.replies");
  }

  private Bucket method(String name, Instant now) {
    boolean sparing = isHistory(name) && isSparing(now);
    String key = sparing ? name + " sparing" : name;
    return methods.computeIfAbsent(key, k -> bucket(sparing ? Tier.ONE : Tier.of(name), now));
  }

  private static Bucket bucket(Tier tier, Instant now) {
    int all = tier.perMinute();
    return all == 1 ? new Bucket(1, 1, now) : new Bucket(all * AT_ONCE, all * (1 - AT_ONCE), now);
  }

  private Optional<Bucket> channel(Ask ask, Instant now) {
    return ask.channel().isEmpty() || !ask.message().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Optional.ofNullable(channels.get(ask.channel()))
                .orElseGet(() -> new Bucket(CHANNEL_SIZE, CHANNEL_PER_MINUTE, now)));
  }

  /** Only channels that were posted to are remembered: those that wait would push them out. */
  private void take(Ask ask, Bucket channel, Instant now) {
    channel.take(ask.urgency(), now);
    channels.put(ask.channel(), channel);
  }

  private static String inChannel(Ask ask) {
    return ask.method() + "/" + ask.channel();
  }

  private static String message(Ask ask) {
    return ask.channel() + "/" + ask.message();
  }

  private synchronized double left(String method) {
    Instant now = clock.instant();
    return method(method, now).left(now);
  }

  private synchronized double leftInBusiestChannel() {
    Instant now = clock.instant();
    return channels.values().stream()
        .mapToDouble(bucket -> bucket.left(now))
        .min()
        .orElse(CHANNEL_SIZE);
  }
}
