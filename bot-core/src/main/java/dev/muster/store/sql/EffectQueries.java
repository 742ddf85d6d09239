// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

/** Which orders are runnable, and when the next one is. */
final class EffectQueries {

  static final String SELECT =
      """
      SELECT id, body, lane, priority, incident, state, attempt, first_tried_at, due_at, number
      FROM effect e
      """;
  private static final String RUNNABLE =
      """
      WHERE e.first_in_lane = 1 AND e.state IN (0, 2) AND (e.after_lane = '' OR NOT EXISTS (
        SELECT 1 FROM effect b WHERE b.lane = e.after_lane AND b.state < 3 AND b.place < e.place))
      """;

  /** The plus keeps the planner on the index that is in the wanted order. */
  static final String CLAIMABLE =
      SELECT
          + RUNNABLE
          + " AND +e.due_at <= ? AND +e.priority <= ? ORDER BY e.priority, e.place LIMIT ?";

  /** The pluses keep the planner on the range of rows, of which there are few. */
  static final String OWN_CLAIMABLE =
      SELECT
          + """
          WHERE e.number >= ? AND +e.first_in_lane = 1 AND +e.state = 0
          AND (e.after_lane = '' OR NOT EXISTS (SELECT 1 FROM effect b
            WHERE b.lane = e.after_lane AND b.state < 3 AND b.place < e.place))
          AND +e.due_at <= ? AND +e.priority <= ? ORDER BY +e.priority, e.place LIMIT ?
          """;

  static final String NEXT_DUE =
      "SELECT e.due_at FROM effect e "
          + RUNNABLE
          + " AND +e.priority <= ? ORDER BY e.due_at LIMIT 1";

  private EffectQueries() {}
}
