// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.store.IncidentIndex;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
    String plan = plan(EffectQueries.CLAIMABLE);

    assertTrue(plan.contains("effect_next"), plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  @Test
  void claimOwn_looksOnlyAtWhatWasJustWritten() throws SQLException {
    String plan = plan(EffectQueries.OWN_CLAIMABLE);

    assertTrue(plan.contains("SEARCH e USING INTEGER PRIMARY KEY (rowid>?)"), plan);
  }

  @Test
  void nextDue_walksTheHeadsOfLanesByTime() throws SQLException {
    String plan = plan(EffectQueries.NEXT_DUE);

    assertTrue(plan.contains("effect_due"), plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  @Test
  void about_looksOnlyAtWhatIsAboutTheMessage() throws SQLException {
    String plan =
        plan(
            SqlTimeline.aboutKinds(
                EnumSet.of(EntryKind.MESSAGE_LOGGED, EntryKind.MESSAGE_REVISED)));

    assertTrue(plan.contains("timeline_about (stream=? AND ref=?)"), plan);
  }

  @Test
  void latest_looksOnlyAtWhatIsAboutIt() throws SQLException {
    String plan = plan(SqlTimeline.LATEST);

    assertTrue(plan.contains("timeline_about (stream=? AND ref=? AND kind=?)"), plan);
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

  @Test
  void read_rareKinds_areFoundByTheirKind() throws SQLException {
    String plan =
        plan(
            SqlTimeline.readKinds(
                EnumSet.of(EntryKind.POSTMORTEM_DRAFTED, EntryKind.REACTION_ADDED)));

    assertEquals(2, times("COVERING INDEX timeline_kind (stream=? AND kind=? AND seq>?)", plan));
    assertFalse(plan.contains("timeline USING PRIMARY KEY"), plan);
    assertTrue(plan.contains("SEARCH t USING PRIMARY KEY (stream=? AND seq=?)"), plan);
  }

  @Test
  void read_messages_walksFromThePlaceOn() throws SQLException {
    String plan =
        plan(
            SqlTimeline.readKinds(EnumSet.of(EntryKind.MESSAGE_LOGGED, EntryKind.MESSAGE_REVISED)));

    assertEquals(1, times("COVERING INDEX timeline_kind (stream=? AND kind=? AND seq>?)", plan));
    assertEquals(1, times("timeline USING PRIMARY KEY (stream=? AND seq>?)", plan));
  }

  @Test
  void list_filtersInTheIndexAndReadsWhatItReturns() throws SQLException {
    IncidentIndex.Query all =
        new IncidentIndex.Query(Set.of(), Set.of(), "", Optional.empty(), 0, 50);
    IncidentIndex.Query some =
        new IncidentIndex.Query(
            EnumSet.of(IncidentStatus.CLOSED, IncidentStatus.RESOLVED),
            EnumSet.of(Severity.SEV1),
            "checkout",
            Optional.empty(),
            7,
            50);

    for (IncidentIndex.Query query : List.of(all, some)) {
      assertTrue(
          plan(SqlIncidents.counted(query)).contains("COVERING INDEX incident_listed (number<?)"));
      String plan = plan(SqlIncidents.listed(query));
      assertTrue(plan.contains("COVERING INDEX incident_listed (number<?)"), plan);
      assertTrue(plan.contains("SEARCH incident USING INTEGER PRIMARY KEY (rowid=?)"), plan);
      assertFalse(plan.contains("TEMP B-TREE"), plan);
    }
  }

  @Test
  void worst_walksTheBoardInItsOrder() throws SQLException {
    String plan = plan(SqlIncidents.WORST);

    assertTrue(plan.startsWith("SCAN i USING INDEX incident_board"), plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  @Test
  void search_walksTheWordsBackwardsAndLooksUpTheRest() throws SQLException {
    String plan = plan(SearchIndex.FIND);

    assertTrue(plan.startsWith("SCAN s VIRTUAL TABLE"), plan);
    assertEquals(1, times("SCAN", plan));
    assertTrue(plan.contains("SEARCH l USING INTEGER PRIMARY KEY (rowid=?)"), plan);
    assertTrue(plan.contains("SEARCH i USING INTEGER PRIMARY KEY (rowid=?)"), plan);
    assertTrue(plan.contains("SEARCH t USING PRIMARY KEY (stream=? AND seq=?)"), plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  @Test
  void allOpen_walksWhatIsOpen() throws SQLException {
    String plan = plan(SqlAggregates.ALL_OPEN);

    assertTrue(plan.contains("INDEX aggregate_open (kind=?)"), plan);
    assertFalse(plan.contains("TEMP B-TREE"), plan);
  }

  private static int times(String part, String whole) {
    return whole.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void incidentOfGroup_leapsOverTheAlertsOfAnIncident() throws SQLException {
    String plan = plan(SqlAlerts.OF_GROUP);

    assertTrue(plan.contains("alert_of_group (group_key=? AND incident>? AND incident<?)"), plan);
    assertFalse(plan.contains("SCAN a"), plan);
  }
}
