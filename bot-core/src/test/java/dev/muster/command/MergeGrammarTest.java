// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static dev.muster.command.CommandAssertions.intentOf;
import static dev.muster.command.CommandAssertions.parsed;
import static dev.muster.command.CommandAssertions.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.incident.IncidentId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeGrammarTest {

  private static final Optional<IncidentId> STAYS = Optional.of(new IncidentId(42));

  @ParameterizedTest
  @ValueSource(strings = {"merge INC-42", "merge #42", "merge into inc-42", "merge with #42"})
  void incident_behindTheVerb_isTheOneThatStays(String text) {
    assertEquals(new Outward.Merge(STAYS, ""), intentOf(text));
    assertEquals(Optional.empty(), parsed(text).addressed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INC-7 merge INC-42 same pool",
        "merge INC-7 into INC-42 \"same pool\"",
        "#7 merge into #42 same pool"
      })
  void twoIncidents_theFirstOneEnds(String text) {
    assertEquals(new Outward.Merge(STAYS, "same pool"), intentOf(text));
    assertEquals(Optional.of(new IncidentId(7)), parsed(text).addressed());
  }

  @Test
  void incident_thatEndsAlone_asksForTheOther() {
    assertEquals(new Outward.Merge(Optional.empty(), ""), intentOf("merge"));
    assertEquals(new Outward.Merge(Optional.empty(), ""), intentOf("INC-7 merge"));
    assertEquals(Optional.of(new IncidentId(7)), parsed("INC-7 merge").addressed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge 42", "merge the other one", "merge into", "merge #0"})
  void noIncident_isRefused(String text) {
    assertEquals("needs_incident_id", refusalOf(text).reason());
  }
}
