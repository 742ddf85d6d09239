// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Everything in the store that waits for its time, or is counted by how long ago it was. */
final class Waiting {

  private static final List<String> MOVES =
      List.of(
          "UPDATE timer SET due_at = due_at + ?1",
          """
          UPDATE effect SET due_at = due_at + ?1, first_tried_at = first_tried_at + ?1
            WHERE state < 3
          """,
          "UPDATE inbox SET due_at = due_at + ?1 WHERE state = 0",
          "UPDATE alert_declaration SET at = at + ?1",
          "UPDATE alert SET snoozed_until = snoozed_until + ?1 WHERE snoozed_until IS NOT NULL");

  private Waiting() {}

  /** Moves it by a length of time, which may be negative. */
  static void move(Statements statements, Duration by) {
    long micros = TimeUnit.SECONDS.toMicros(by.toSeconds()) + by.toNanosPart() / 1_000;
    MOVES.forEach(sql -> statements.update(sql, micros));
  }
}
