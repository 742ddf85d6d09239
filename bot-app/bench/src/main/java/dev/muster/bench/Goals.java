// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What Muster wants to reach. A table names all of them, also those that a run did not measure. */
final class Goals {

  /** One goal: its name in the table, what it is about, how much is wanted. */
  private record Goal(String name, String what, String wanted) {}

  private static final List<Goal> ALL =
      List.of(
          new Goal("S1", "chat deliveries stored and answered, flat out", "≥ 2.0 ×"),
          new Goal("S2", "chat deliveries at 1,000/s, p99", "≤ 2 × and ≤ 20 ms"),
          new Goal("S3", "timeline appends, 32 producers", "≥ 0.5 ×; store alone ≥ 0.85 ×"),
          new Goal("S4", "alert storm, empty and with 400,000 open", "≥ 1.5 ×; ≥ 2.5 ×"),
          new Goal("S5", "one alert, accepted to first platform call", "p50 ≤ 3 ×"),
          new Goal("S6", "declare to usable channel", "≤ 3.6 round trips; Teams ≤ 4.6"),
          new Goal("S7", "a command while alerts pour in", "p95 ≤ 2 ×, ≤ 2 s"),
          new Goal("S8", "start to ready; resident memory", "≤ 1.5 s; ≤ 160 MB, ≤ 256 MB full"),
          new Goal("S9", "pages over much", "p99 ≤ 50 ms; first paint ≤ 300 ms"),
          new Goal("S10", "search over a million entries", "≤ 1.5 ×; p99 ≤ 20 ms"),
          new Goal("S11", "postmortem and bundle of 100,000 entries", "≤ 10 ×, ≤ 2 s"),
          new Goal("S12", "10 and 100 times the data", "≤ 1.3 ×"),
          new Goal("S13", "restart with 10,000 pending orders", "≤ 5 s, first order ≤ 1 s"),
          new Goal("S14", "SIGTERM under load", "≤ 15 s, nothing lost"));

  private Goals() {}

  /** Returns a line for each goal that none of these lines is about. */
  static List<Row> unmeasured(List<Row> rows) {
    Set<String> measured = rows.stream().map(Row::goal).collect(Collectors.toSet());
    return ALL.stream()
        .filter(goal -> !measured.contains(goal.name()))
        .map(goal -> Row.missing(goal.name(), goal.what(), "", goal.wanted()))
        .toList();
  }
}
