// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a body of alerts that came twice: it is the last one that stated each of its alerts,
 * moments ago. The last body of a source is stored; of those before it we know while we run, and
 * take it for news when in doubt. A storm states thousands of alerts a second and repeats hardly a
 * body, so what they state is compared only for a body that came before. Safe for threads.
 */
final class RecentBodies {

  private static final Duration SAME_BODY = Duration.ofMinutes(5);
  private static final int MOST_STATEMENTS = 20_000;

  /** A body; all of them are kept in the order they came. */
  private static final class Body {
    private final long order;
    private final Instant at;
    private final List<AlertKey> stated;

    /** Empty until it is durable. */
    private String hash = "";

    /**
     * @param order its place among all
     */
    private Body(long order, Instant at, List<AlertKey> stated) {
      this.order = order;
      this.at = at;
      this.stated = stated;
    }
  }

  private final Map<Long, Body> bodies = new LinkedHashMap<>();
  private final Map<String, Body> durable = new HashMap<>();
  private long order;
  private int statements;

  /**
   * Returns whether a body repeats.
   *
   * @param beside what this transaction stated before, by hash: the place of each. It is durable
   *     exactly when this is
   */
  synchronized boolean isRepeat(
      Tx tx,
      String source,
      List<Alert> alerts,
      String hash,
      Instant now,
      Map<String, Long> beside) {
    if (alerts.isEmpty()) {
      return false;
    }
    Optional<String> stored = tx.alerts().lastBody(source);
    if (stored.filter(stamped -> isSame(stamped, hash, now)).isPresent()) {
      return true;
    }
    return isKnown(alerts, hash, now) || isLast(alerts, bodies.get(beside.get(hash)), now);
  }

  /** Returns whether a body repeats, by what is remembered; false may also mean not known. */
  synchronized boolean isKnown(List<Alert> alerts, String hash, Instant now) {
    return isLast(alerts, durable.get(hash), now);
  }

  /** Returns whether nothing was stated of these alerts since, and it was moments ago. */
  private boolean isLast(List<Alert> alerts, Body before, Instant now) {
    if (before == null || !isRecent(before.at, now)) {
      return false;
    }
    Set<AlertKey> stated = new HashSet<>(keys(alerts));
    return new HashSet<>(before.stated).containsAll(stated)
        && bodies.values().stream()
            .filter(later -> later.order > before.order)
            .flatMap(later -> later.stated.stream())
            .noneMatch(stated::contains);
  }

  private static List<AlertKey> keys(List<Alert> alerts) {
    return alerts.stream().map(Alert::key).toList();
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
    bodies.put(order, new Body(order, now, keys(alerts)));
    statements += 1 + alerts.size();
    Iterator<Body> oldest = bodies.values().iterator();
    while (statements > MOST_STATEMENTS) {
      Body dropped = oldest.next();
      oldest.remove();
      durable.remove(dropped.hash, dropped);
      statements -= 1 + dropped.stated.size();
    }
    return order;
  }

  /** Notes that the body of that place is durable. */
  synchronized void stored(long place, String hash) {
    Body body = bodies.get(place);
    if (body != null) {
      body.hash = hash;
      durable.put(hash, body);
    }
  }
}
