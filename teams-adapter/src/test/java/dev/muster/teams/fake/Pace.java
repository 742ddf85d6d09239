// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often Microsoft takes calls. Its documentation, "Optimize your bot with rate limiting" and
 * "Microsoft Graph service-specific throttling limits": the connector counts per bot and
 * conversation in windows, and 30 calls a second per app and tenant (older documentation; newer
 * says 50); Graph takes 30 changes and 20 questions a second per app and tenant, 4 calls a second
 * of a team and 1 of a channel or chat. Over which time Graph counts is not said: here the last two
 * are counted over half a minute, as long as the connector's widest short window. A call too many
 * is not carried out: HTTP 429 with the seconds to wait. Counted by the stand-in's clock.
 * Thread-safe.
 */
final class Pace {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
  private static final Duration HOUR = Duration.ofHours(1);

  /** "Send or create 7/1 s, 8/2 s, 60/30 s, 1,800/h". */
  private static final List<Window> MESSAGES =
      List.of(
          new Window(7, SECOND),
          new Window(8, SECOND.multipliedBy(2)),
          new Window(60, HALF_A_MINUTE),
          new Window(1_800, HOUR));

  /** "Get members or conversations 14/1 s, 16/2 s, 120/30 s, 3,600/h". */
  private static final List<Window> PEOPLE =
      List.of(
          new Window(14, SECOND),
          new Window(16, SECOND.multipliedBy(2)),
          new Window(120, HALF_A_MINUTE),
          new Window(3_600, HOUR));

  private static final List<Window> CONNECTOR = List.of(new Window(30, SECOND));
  private static final List<Window> QUESTIONS = List.of(new Window(20, SECOND));
  private static final List<Window> CHANGES = List.of(new Window(30, SECOND));
  private static final List<Window> TEAM = List.of(new Window(4 * 30, HALF_A_MINUTE));
  private static final List<Window> PLACE = List.of(new Window(30, HALF_A_MINUTE));

  private final Map<String, Deque<Instant>> calls = new HashMap<>();

  /** So many calls in any such time. */
  private record Window(int most, Duration time) {}

  /** What a call counts against. */
  private record Limit(String key, List<Window> windows) {}

  /**
   * Counts a call of the connector; returns the seconds to wait when it is one too many, else 0.
   */
  synchronized long ofConnector(Exchange call, Instant now) {
    boolean reads = call.method().equals("GET");
    String place = call.parts().size() > 2 ? call.part(2) : "";
    int thread = place.indexOf(";messageid=");
    String channel = thread < 0 ? place : place.substring(0, thread);
    List<Limit> limits = new ArrayList<>(List.of(new Limit("connector", CONNECTOR)));
    if (!channel.isEmpty()) {
      limits.add(
          reads ? new Limit("people/" + channel, PEOPLE) : new Limit("said/" + channel, MESSAGES));
    }
    return counted(limits, now);
  }

  /** Counts a call of Graph; returns the seconds to wait when it is one too many, else 0. */
  synchronized long ofGraph(Exchange call, Instant now) {
    boolean reads = call.method().equals("GET");
    List<Limit> limits = new ArrayList<>();
    limits.add(reads ? new Limit("questions", QUESTIONS) : new Limit("changes", CHANGES));
    String kind = call.part(0);
    if (kind.equals("teams") && call.parts().size() > 1) {
      limits.add(new Limit("team/" + call.part(1), TEAM));
    }
    int at = kind.equals("teams") ? 3 : 1;
    if (List.of("teams", "chats").contains(kind) && call.parts().size() > at) {
      limits.add(new Limit("place/" + call.part(at), PLACE));
    }
    return counted(limits, now);
  }

  private long counted(List<Limit> limits, Instant now) {
    long longest = limits.stream().mapToLong(limit -> waitFor(limit, now)).max().orElse(0);
    if (longest == 0) {
      limits.forEach(limit -> recent(limit).add(now));
    }
    return longest;
  }

  private long waitFor(Limit limit, Instant now) {
    Deque<Instant> recent = recent(limit);
    Duration widest = limit.windows().get(limit.windows().size() - 1).time();
    while (!recent.isEmpty() && !recent.peek().plus(widest).isAfter(now)) {
      recent.poll();
    }
    long longest = 0;
    for (Window window : limit.windows()) {
      List<Instant> within =
          recent.stream().filter(at -> at.plus(window.time()).isAfter(now)).sorted().toList();
      if (within.size() >= window.most()) {
        Instant room = within.get(within.size() - window.most()).plus(window.time());
        longest = Math.max(longest, Math.max(1, Duration.between(now, room).toSeconds()));
      }
    }
    return longest;
  }

  private Deque<Instant> recent(Limit limit) {
    return calls.computeIfAbsent(limit.key(), key -> new ArrayDeque<>());
  }
}
