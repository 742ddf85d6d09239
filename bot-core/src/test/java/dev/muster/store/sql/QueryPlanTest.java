// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked all the time is answered by the index made for it, however much there is. */
class QueryPlanTest {

  @TempDir Path folder;

  private String plan(String sql) throws SQLException {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    try (Connection connection = Connections.writer(new StoreUrl(file));
        Statements statements = new Statements(connection)) {
      List<String> steps = statements.list("EXPLAIN QUERY PLAN " + sql, row -> row.getString(4));
      return String.join("; ", steps);
    }
  }

  @Test
  void claim_walksTheHeadsOfLanesInOrder() throws SQLException {
    String plan = plan(SqlEffects.CLAIMABLE);

    assertTrue(plan.contains("effect_next"), plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  @Test
  void nextDue_walksTheHeadsOfLanesByTime() throws SQLException {
    String plan = plan(SqlEffects.NEXT_DUE);

    assertTrue(plan.contains("effect_due"), plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  @Test
  void about_looksOnlyAtWhatIsAboutTheMessage() throws SQLException {
    String plan =
        plan(
            SqlTimeline.aboutKinds(
                EnumSet.of(EntryKind.MESSAGE_LOGGED, EntryKind.MESSAGE_REVISED)));

    assertTrue(plan.contains("timeline_about (stream=? AND kind=? AND ref=?)"), plan);
  }

  @Test
  void latest_looksOnlyAtWhatIsAboutIt() throws SQLException {
    String plan = plan(SqlTimeline.LATEST);

    assertTrue(plan.contains("timeline_about (stream=? AND kind=? AND ref=?)"), plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  @Test
  void tally_readsOnlyTheAlertsItReturns() throws SQLException {
    String first = plan(SqlAlerts.FIRST_OF);
    String firing = plan(SqlAlerts.FIRING_OF);

    assertTrue(first.startsWith("SEARCH m USING PRIMARY KEY (incident=?)"), first);
    assertFalse(first.contains("TEMP B-TREE"), first);
    assertTrue(firing.contains("alert USING COVERING INDEX alert_firing"), firing);
  }
}
