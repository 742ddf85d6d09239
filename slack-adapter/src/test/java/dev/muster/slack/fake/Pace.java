// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How often Slack takes calls. Slack documentation, rate limits: each method has a tier, counted
 * per app, workspace and minute (tier 1: 1, tier 2: 20, tier 3: 50, tier 4: 100); messages are one
 * a second per channel with short bursts tolerated, and several hundred a minute per workspace. A
 * call too many is not carried out: HTTP 429 with the seconds to wait. Counted by the stand-in's
 * clock. Callers lock the workspace.
 */
final class Pace {

  /** Posts in one channel that are taken beyond one a second. */
  static final int BURST = 4;

  private static final int POSTS_A_MINUTE = 300;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int[] TIERS = {0, 1, 20, 50, 100};

  private final Map<String, Deque<Instant>> calls = new HashMap<>();
  private final Map<String, Instant> fullUntil = new HashMap<>();
  private boolean kept = true;

  void keep(boolean now) {
    kept = now;
  }

  /** Counts a call; returns the seconds to wait when it is one too many, else 0. */
  long waitFor(Call call, MethodRule rule, Instant now) {
    if (!kept) {
      return 0;
    }
    if (rule.tier() == MethodRule.POST) {
      long channel = postWait(call.get("channel"), now);
      return channel > 0 ? channel : window("posts", POSTS_A_MINUTE, now);
    }
    return rule.tier() == MethodRule.SPECIAL
        ? window(call.method(), POSTS_A_MINUTE, now)
        : window(call.method(), TIERS[rule.tier()], now);
  }

  /** Each post fills the channel's bucket by a second; it may run {@link #BURST} seconds ahead. */
  private long postWait(String channel, Instant now) {
    Instant full = fullUntil.getOrDefault(channel, now);
    Instant from = full.isBefore(now) ? now : full;
    Duration ahead = Duration.between(now, from);
    if (ahead.compareTo(Duration.ofSeconds(BURST)) > 0) {
      return Math.max(1, ahead.minusSeconds(BURST).toSeconds());
    }
    fullUntil.put(channel, from.plusSeconds(1));
    return 0;
  }

  private long window(String method, int most, Instant now) {
    Deque<Instant> recent = calls.computeIfAbsent(method, m -> new ArrayDeque<>());
    while (!recent.isEmpty() && !recent.peek().plus(MINUTE).isAfter(now)) {
      recent.poll();
    }
    if (recent.size() >= most) {
      return Math.max(1, Duration.between(now, recent.peek().plus(MINUTE)).toSeconds());
    }
    recent.add(now);
    return 0;
  }
}
