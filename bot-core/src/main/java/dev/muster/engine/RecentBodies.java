// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a body of alerts that came twice: it is the last one that stated each of its alerts,
 * moments ago. The last body of a source is stored; of those before it we know while we run, and
 * take it for news when in doubt. Safe for threads.
 */
final class RecentBodies {

  private static final Duration SAME_BODY = Duration.ofMinutes(5);
  private static final int MOST_KEYS = 20_000;

  /** A body, kept once for all of its alerts. */
  private static final class Body {
    private final long order;
    private final Instant at;

    /** Empty until it is durable. */
    private String hash = "";

    /**
     * @param order its place among all
     */
    private Body(long order, Instant at) {
      this.order = order;
      this.at = at;
    }

    private boolean is(String other, Instant now) {
      return hash.equals(other) && isRecent(at, now);
    }
  }

  private final Map<AlertKey, Body> last = new LinkedHashMap<>(16, 0.75f, true);
  private long order;

  /** Returns whether a body repeats. */
  synchronized boolean isRepeat(
      Tx tx, String source, List<Alert> alerts, String hash, Instant now) {
    if (alerts.isEmpty()) {
      return false;
    }
    Optional<String> stored = tx.alerts().lastBody(source);
    if (stored.filter(stamped -> isSame(stamped, hash, now)).isPresent()) {
      return true;
    }
    return isKnown(alerts, hash, now);
  }

  /** Returns whether a body repeats, by what is remembered; false may also mean not known. */
  synchronized boolean isKnown(List<Alert> alerts, String hash, Instant now) {
    return alerts.stream()
        .map(alert -> last.get(alert.key()))
        .allMatch(body -> body != null && body.is(hash, now));
  }

  private static boolean isSame(String stamped, String hash, Instant now) {
    int space = stamped.lastIndexOf(' ');
    return stamped.substring(0, space).equals(hash)
        && isRecent(Instant.parse(stamped.substring(space + 1)), now);
  }

  private static boolean isRecent(Instant at, Instant now) {
    return Duration.between(at, now).abs().compareTo(SAME_BODY) < 0;
  }

  /** Notes that a body states its alerts, in the transaction that stores it; returns its place. */
  synchronized long stating(Tx tx, String source, List<Alert> alerts, String hash, Instant now) {
    tx.alerts().rememberBody(source, hash + " " + now, now);
    order++;
    Body body = new Body(order, now);
    alerts.forEach(alert -> last.put(alert.key(), body));
    while (last.size() > MOST_KEYS) {
      last.remove(last.keySet().iterator().next());
    }
    return order;
  }

  /** Notes that the body of that place is durable; nothing is left of one that was overtaken. */
  synchronized void stored(long place, List<Alert> alerts, String hash) {
    alerts.stream()
        .map(alert -> last.get(alert.key()))
        .filter(body -> body != null && body.order == place)
        .findFirst()
        .ifPresent(body -> body.hash = hash);
  }
}
