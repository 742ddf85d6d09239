// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.Posted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bare command shows what can be done here; what is not understood is one press from right. */
class SlackMenuTest {

  @TempDir Path folder;
  private WholeSlack bot;

  @BeforeEach
  void start() {
    bot = new WholeSlack(folder);
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private List<String> labels(String person) {
    return bot.toldLast(person).buttons().stream().map(Posted.Pressable::label).toList();
  }

  @Test
  void nothingTyped_outsideAnIncident_offersToDeclareAndToList() {
    bot.runs("ada", WholeSlack.TEAM, "");

    assertEquals(List.of("Declare incident", "List incidents"), labels("ada"));
    bot.presses("ada", WholeSlack.TEAM, "Declare incident");
    assertEquals("Declare an incident", bot.sight().windowsOf("ada").get(0).title());
    bot.presses("ada", WholeSlack.TEAM, "List incidents");
    assertTrue(bot.told("ada").contains("No open incidents."), bot.told("ada"));
  }

  @Test
  void nothingTyped_inAnIncident_offersWhatIsDoneThere() {
    String room = bot.declared("ada", "checkout is slow");

    bot.runs("ada", room, "");

    List<String> open =
        List.of("Write update", "Change severity", "Show roles", "Show timeline", "Resolve INC-1");
    assertEquals(open, labels("ada"));
    bot.presses("ada", room, "Show roles");
    assertTrue(bot.told("ada").contains("Roles of INC-1"), bot.told("ada"));
    bot.runs("ada", room, "resolve rolled back");
    bot.runs("ada", room, "help");
    assertTrue(labels("ada").contains("Close INC-1"), labels("ada").toString());
  }

  @Test
  void severityWithoutOne_inAnIncident_offersTheForm() {
    String room = bot.declared("ada", "checkout is slow");

    bot.runs("ada", room, "sevrity");

    assertEquals(List.of("Set severity", "Help"), labels("ada"));
    bot.presses("ada", room, "Set severity");
    assertEquals("Change severity", bot.sight().windowsOf("ada").get(0).title());
    bot.runs("ada", room, "severity 9");
    assertEquals(List.of("Set severity", "Help on severity"), labels("ada"));
  }

  @Test
  void severityWithoutOne_elsewhere_offersTheHelpAlone() {
    bot.runs("ada", WholeSlack.TEAM, "severity 9");

    assertEquals(List.of("Help on severity"), labels("ada"));
    assertFalse(bot.told("ada").isEmpty());
  }
}
