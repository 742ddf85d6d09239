// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the check of the libraries finds, and what its page says. */
@Tag("proof")
class CheckPageTest {

  private static final Part LIBRARY = new Part("org.lib", "lib", "2.1.9", "00");

  private static Advisory advisory(String library, String affected, String answer) {
    return new Advisory("CVE-1", library, affected, "leaks", "https://a.example", answer);
  }

  private static List<String> open(Advisory known) {
    return new CheckPage(List.of(LIBRARY), List.of(known), List.of()).open();
  }

  @Test
  void version_inTheRange_isOpen() {
    assertEquals(
        List.of("CVE-1 concerns org.lib:lib"),
        open(advisory("org.lib:lib", "(,2.0.3),[2.1.0,2.1.10)", "")));
  }

  @Test
  void version_ofTheFixOrBetweenRanges_isNot() {
    assertEquals(List.of(), open(advisory("org.lib:lib", "(,2.1.9)", "")));
    assertEquals(List.of(), open(advisory("org.lib:lib", "[1,2.1),[2.2,3)", "")));
  }

  @Test
  void star_meansTheWholeGroup_andNoOther() {
    assertEquals(1, open(advisory("org.lib:*", "[2,3)", "")).size());
    assertEquals(List.of(), open(advisory("org.li:*", "[2,3)", "")));
    assertEquals(List.of(), open(advisory("org.lib:other", "[2,3)", "")));
  }

  @Test
  void advisory_withAnAnswer_isNotOpenAndStandsOnThePage() {
    Advisory known = advisory("org.lib:lib", "[2,3)", "no harm: not called");
    CheckPage page = new CheckPage(List.of(LIBRARY), List.of(known), List.of());

    assertEquals(List.of(), page.open());
    assertTrue(page.write(LocalDate.of(2026, 11, 22)).contains("no harm: not called"));
  }

  @Test
  void page_readAgain_listsWhatWasWritten() {
    List<Newer> newer =
        Newer.read("[INFO]   org.lib:bom ............ 2.1.9 -> 2.1.11\n[INFO] BUILD SUCCESS\n");
    String page =
        new CheckPage(List.of(LIBRARY), List.of(), newer).write(LocalDate.of(2026, 11, 22));

    assertEquals(Map.of("org.lib:lib", "2.1.9"), CheckPage.listed(page));
    assertTrue(page.contains("Last check: **2026-11-22**"), page);
    assertTrue(page.contains("| `org.lib:lib` | 2.1.9 | 2.1.11 |"), page);
  }
}
