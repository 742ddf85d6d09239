// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.muster.chat.spi.Capability;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keeps the page about capabilities whole; the runs of the contract suite keep its columns. After a
 * change, {@code mvn test -Dmuster.write-docs=true} writes it anew.
 */
class CompatibilityPageTest {

  @Test
  void page_betweenItsCells_isWhatTheContractSays() {
    CompatibilityPage.holdTheRest();
  }

  @ParameterizedTest
  @EnumSource
  void capability_ofEveryPlatform_isHeldByATestAndToldOnThePage(Capability capability) {
    List<String> row = CompatibilityPage.cells().get(capability);

    assertFalse(CompatibilityPage.heldBy(capability).isEmpty());
    assumeFalse(CompatibilityPage.isWritten(), "the platforms write their cells afterwards");
    assertTrue(row.stream().allMatch(cell -> cell.matches("(native|fallback).*")), row.toString());
  }

  @Test
  void cells_ofAPlatform_sayWhatItDeclaresWithItsPermissionsAndLimits() {
    PlatformColumn column =
        new PlatformColumn(
            "Elsewhere",
            Map.of(Capability.HOME, "Ask for a list.", Capability.FILES, "Text alone."),
            capability -> capability == Capability.PINS ? List.of("pins") : List.of());

    Map<Capability, String> cells = column.cells(EnumSet.complementOf(EnumSet.of(Capability.HOME)));

    assertEquals("fallback. Ask for a list.", cells.get(Capability.HOME));
    assertEquals("native. Text alone.", cells.get(Capability.FILES));
    assertEquals("native, with `pins`", cells.get(Capability.PINS));
    assertEquals("native", cells.get(Capability.THREADS));
  }

  @Test
  void cells_lackingSomethingWithoutASentence_areRefused() {
    PlatformColumn column = new PlatformColumn("Elsewhere", Map.of());

    assertThrows(AssertionError.class, () -> column.cells(EnumSet.noneOf(Capability.class)));
  }
}
