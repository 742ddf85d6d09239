// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConfigProblemTest {

  @Test
  void problem_printed_isOneLineWithPlaceAndHint() {
    ConfigProblem problem =
        new ConfigProblem("config/bot.yaml", 12, 5, "severities.SEV9", "No", "Did you mean SEV1?");

    assertEquals(
        "config/bot.yaml:12:5 severities.SEV9: No. Did you mean SEV1?", problem.toString());
  }

  @Test
  void problem_ofAWholeFile_hasNoPlace() {
    assertEquals(
        "a.yaml: There is no such file.",
        new ConfigProblem("a.yaml", 0, 0, "", "There is no such file", "").toString());
  }

  @Test
  void problem_quotingControlCharactersOrBooks_isFitForATerminal() {
    String text = "'\u001b[2J\u202e" + "x".repeat(5_000) + "' is no duration";

    String line = new ConfigProblem("a.yaml", 1, 1, "a\nb", text, "").toString();

    assertTrue(line.startsWith("a.yaml:1:1 a?b: '?[2J?xxx"), line);
    assertTrue(line.length() < 600, line);
    assertEquals(1, line.lines().count());
  }
}
