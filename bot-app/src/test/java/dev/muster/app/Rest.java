// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Looks into a running bot's store whether the bot has anything to do at an instant. While it has,
 * the clock of a test must stand: else hours go by between a command and its handling on a slow
 * machine, and the bot rightly asks whether a command that came so late is still wanted.
 */
final class Rest {

  /** Deliveries that wait, orders under way or due, and timers that are due. */
  private static final String BUSY =
      """
      SELECT (SELECT count(*) FROM inbox WHERE state = 0 AND due_at <= ?1)
        + (SELECT count(*) FROM effect WHERE state = 1)
        + (SELECT count(*) FROM effect e
           WHERE e.first_in_lane = 1 AND e.state IN (0, 2) AND e.due_at <= ?1
             AND NOT EXISTS (SELECT 1 FROM effect b
               WHERE e.after_lane <> '' AND b.lane = e.after_lane AND b.state < 3
                 AND b.place < e.place))
        + (SELECT count(*) FROM timer WHERE due_at <= ?1)
      """;

  /** As {@link #BUSY}, and what waits for another instant too, but for timers. */
  private static final String UNDONE =
      """
      SELECT (SELECT count(*) FROM inbox WHERE state = 0)
        + (SELECT count(*) FROM effect WHERE state < 3)
        + (SELECT count(*) FROM timer WHERE due_at <= ?1)
      """;

  /** Facts that the search index does not reach yet; it follows the timeline at its own pace. */
  private static final String UNSEARCHED =
      """
      SELECT count(*) FROM timeline t LEFT JOIN search_mark m ON m.stream = t.stream
      WHERE t.stream > 0 AND t.seq > coalesce(m.seq, 0) AND ?1 > 0
      """;

  private Rest() {}

  /** Returns whether the bot over this store has nothing to do now. */
  static boolean isAt(String storeUrl, Instant now) {
    return count(storeUrl, BUSY, now) == 0;
  }

  /** Returns whether the bot has done everything but what timers of a later instant hold. */
  static boolean isDone(String storeUrl, Instant now) {
    return count(storeUrl, UNDONE, now) == 0;
  }

  /** Returns whether a search finds every fact there is. */
  static boolean isSearchable(String storeUrl, Instant now) {
    return count(storeUrl, UNSEARCHED, now) == 0;
  }

  /** One statement sees one state of the store; two could miss what moves between them. */
  private static long count(String storeUrl, String what, Instant now) {
    try (Connection connection = DriverManager.getConnection(storeUrl + "?busy_timeout=5000");
        PreparedStatement statement = connection.prepareStatement(what)) {
      statement.setLong(1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
      try (ResultSet answer = statement.executeQuery()) {
        answer.next();
        return answer.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the store cannot be looked at", e);
    }
  }
}
