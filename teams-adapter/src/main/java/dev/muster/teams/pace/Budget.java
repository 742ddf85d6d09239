// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.pace;

import dev.muster.chat.spi.pace.Bucket;
import dev.muster.chat.spi.pace.Outage;
import dev.muster.chat.spi.pace.Pauses;
import dev.muster.chat.spi.pace.Recent;
import dev.muster.chat.spi.pace.RetryAfter;
import dev.muster.chat.spi.pace.Spacing;
import dev.muster.teams.pace.Tier.Share;
import dev.muster.teams.pace.Tier.Side;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;

/**
 * What one tenant takes: buckets for the connector, Graph, and each conversation and team, what
 * Microsoft asked us to leave for a while, the distance of changes to one message, and whether a
 * side is down. It never waits; a call that may not be made now is told when its turn comes. Lives
 * in memory alone: after a restart a pause that Microsoft asked for is forgotten and asked for once
 * more. Any thread may call.
 */
public final class Budget {

  /** Used when Teams says "too many" without a readable time: its widest short window. */
  public static final Duration BLIND_WAIT = Duration.ofSeconds(30);

  /** Used for other refusals without a time: the shortest step of Microsoft's own back-off. */
  public static final Duration SHORT_WAIT = Duration.ofSeconds(2);

  /** Changes of one card closer than this are merged. */
  private static final Duration EDITS_APART = Duration.ofSeconds(3);

  /** How long before and after its time a turn is good. */
  private static final Duration PROMISED = Duration.ofMinutes(2);

  /** So often one order asks the same of one channel. */
  private static final int SAME_CALLS = 3;

  private static final int TOO_MANY = 429;
  private static final int NOT_NOW = 412;
  private static final int PLACES = 2_000;
  private static final int MESSAGES = 2_000;

  private final InstantSource clock;
  private final Telemetry telemetry;
  private final Map<String, Bucket> buckets = new Recent<>(PLACES);
  private final Map<Ask, Promise> promises = new Recent<>(PLACES);
  private final Pauses pauses;
  private final Spacing spacing = new Spacing(EDITS_APART, MESSAGES);
  private final Map<Side, Outage> outages = new EnumMap<>(Side.class);
  private final DoubleAdder heldSeconds = new DoubleAdder();

  /**
   * Makes a full budget and shows it as gauges.
   *
   * @param random numbers from 0 to 1, so that not everybody goes on at the same moment
   */
  public Budget(InstantSource clock, Telemetry telemetry, DoubleSupplier random) {
    this.clock = clock;
    this.telemetry = telemetry;
    pauses = new Pauses(PLACES, random);
    for (Share share : Tier.SHOWN) {
      telemetry.gauge("muster_teams_tokens_left", () -> left(share), "limit", share.key());
    }
    for (Side side : Side.values()) {
      outages.put(side, new Outage());
      telemetry.gauge("muster_teams_down", () -> isDown(side) ? 1 : 0, "side", side.word());
    }
    telemetry.gauge("muster_teams_busiest_conversation_tokens_left", this::leftInBusiest);
    telemetry.gauge("muster_teams_held_back_seconds", heldSeconds::sum);
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
      telemetry.count(
          "muster_teams_held_back_total", "call", ask.tier().word(), "urgency", urgency);
      heldSeconds.add(wait.get().toMillis() / 1e3);
      return wait;
    }
    count(ask, now);
    return Optional.empty();
  }

  private Optional<Duration> waitOf(Ask ask, Instant now) {
    Optional<Duration> paused = pauses.left(held(ask), now);
    if (paused.isPresent() || ask.tier() == Tier.AT_ONCE) {
      return paused;
    }
    Optional<Duration> down = outages.get(ask.tier().side()).left(now);
    if (down.isPresent() || ask.follows()) {
      return down;
    }
    Optional<Duration> apart =
        ask.message().isEmpty() ? Optional.empty() : spacing.left(message(ask), ask.urgency(), now);
    return apart.isPresent() ? apart : promised(ask, now);
  }

  /**
   * An order may take several calls of Graph, each of which may be told to wait and begins the
   * order anew: whoever was given a turn gets it, or the calls before would use it up each time.
   */
  private Optional<Duration> promised(Ask ask, Instant now) {
    if (ask.tier().side() == Side.CONNECTOR) {
      return turn(ask, now);
    }
    Promise promise = promises.remove(ask);
    if (promise == null || !promise.holds(now)) {
      Optional<Duration> wait = turn(ask, now);
      wait.ifPresent(until -> promises.put(ask, new Promise(now.plus(until), SAME_CALLS)));
      return wait;
    }
    if (promise.turn().isAfter(now)) {
      promises.put(ask, promise);
      return Optional.of(Duration.between(now, promise.turn()));
    }
    if (promise.calls() > 1) {
      promises.put(ask, new Promise(promise.turn(), promise.calls() - 1));
    }
    return Optional.empty();
  }

  /** A turn, and how many like calls of one order may use it. */
  private record Promise(Instant turn, int calls) {

    boolean holds(Instant now) {
      return Duration.between(turn, now).abs().compareTo(PROMISED) <= 0;
    }
  }

  /** Returns what a pause is for: a conversation, else a team, else all calls of the kind. */
  private static String held(Ask ask) {
    String about = ask.place().isEmpty() ? ask.team() : ask.place();
    return ask.tier().side().word() + "/" + (about.isEmpty() ? ask.tier().word() : about);
  }

  private Optional<Duration> turn(Ask ask, Instant now) {
    return Bucket.turn(shares(ask).stream().map(share -> bucket(share, now)), ask.urgency(), now);
  }

  private void count(Ask ask, Instant now) {
    outages.get(ask.tier().side()).tries(now);
    for (Share share : shares(ask)) {
      Bucket bucket = bucket(share, now);
      bucket.take(ask.urgency(), now);
      buckets.put(share.key(), bucket);
    }
    if (!ask.message().isEmpty()) {
      spacing.changed(message(ask), now);
    }
  }

  /**
   * Notes that Microsoft did not carry a call out, and holds back what it asked us to leave, that
   * long and a little longer.
   *
   * @param status the HTTP status
   * @param retryAfter what the header says; null when there is none
   * @return how long to wait before the call is made again
   */
  public synchronized Duration refused(Ask ask, int status, String retryAfter) {
    Instant now = clock.instant();
    Optional<Duration> named = RetryAfter.of(retryAfter, now);
    Duration wait = pauses.lengthened(named.orElse(status == TOO_MANY ? BLIND_WAIT : SHORT_WAIT));
    if (status == TOO_MANY || (status == NOT_NOW && named.isPresent())) {
      pauses.begin(held(ask), now, wait);
      shares(ask).forEach(share -> shrink(share, now));
    }
    return wait;
  }

  /** The limits of the whole tenant stay: it was one conversation or team that had too many. */
  private void shrink(Share share, Instant now) {
    if (!Tier.SHOWN.contains(share)) {
      bucket(share, now).shrink(now);
    }
  }

  /** Notes that a side answered, whatever it said. */
  public synchronized void answered(Side side) {
    outages.get(side).answered();
  }

  /** Notes that a call broke on the way or at Microsoft. */
  public synchronized void broke(Side side) {
    outages.get(side).broke(clock.instant());
  }

  /** Returns whether a call that may be made now is the one that finds out if a side is back. */
  public synchronized boolean isToTry(Ask ask) {
    return ask.tier() != Tier.AT_ONCE && isDown(ask.tier().side());
  }

  /** Returns whether calls wait because a side is taken to be down. */
  public synchronized boolean isDown(Side side) {
    return outages.get(side).isOn();
  }

  private static List<Share> shares(Ask ask) {
    return ask.tier().shares(ask.team(), ask.place());
  }

  /** Only what was called is remembered: calls that wait would push it out. */
  private Bucket bucket(Share share, Instant now) {
    Bucket known = buckets.get(share.key());
    return known == null ? new Bucket(share.size(), share.perMinute(), now) : known;
  }

  private static String message(Ask ask) {
    return ask.place() + "/" + ask.message();
  }

  private synchronized double left(Share share) {
    Instant now = clock.instant();
    return bucket(share, now).left(now);
  }

  private synchronized double leftInBusiest() {
    Instant now = clock.instant();
    return buckets.entrySet().stream()
        .filter(each -> each.getKey().startsWith(Tier.MESSAGES))
        .mapToDouble(each -> each.getValue().left(now))
        .min()
        .orElse(Tier.CONVERSATION_SIZE);
  }
}
