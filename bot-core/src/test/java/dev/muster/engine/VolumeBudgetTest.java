// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ShownMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In its first five minutes an incident's channel takes at most five messages of the bot. */
class VolumeBudgetTest {

  private static final int BUDGET = 5;
  private static final int ALERTS = 5;

  @TempDir private Path folder;
  private VoiceRoom room;

  @BeforeEach
  void open() {
    room = new VoiceRoom(folder);
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void declaredByCommand_withEverythingUsual_staysWithinTheBudget() {
    room.commands("ada", "declare! Checkout is down sev3");
    room.serviceIsOfTheIncident();
    theUsual();

    assertBudget();
  }

  @Test
  void declaredByAlert_withEverythingUsual_staysWithinTheBudget() {
    room.alerts("first");
    room.passes(Duration.ofSeconds(20));
    room.says("ada", "commander me");
    theUsual();

    assertBudget();
    assertEquals(1, room.linesWith("ada is now commander").size());
  }

  /** Roles, severity, impact, five alerts, each as far apart as it is in real life. */
  private void theUsual() {
    Duration pause = Duration.ofSeconds(20);
    room.passes(pause);
    room.says("ada", "role comms @li");
    room.passes(pause);
    room.says("ada", "role scribe @sam");
    for (int i = 1; i <= ALERTS; i++) {
      room.passes(Duration.ofSeconds(10));
      room.alerts("more-" + i);
    }
    room.says("ada", "severity 1 payment down");
    room.passes(Duration.ofSeconds(70));
    room.says("ada", "severity 2 half of it is back");
    room.says("ada", "impact half of all payments fail");
    room.passes(pause);
  }

  private void assertBudget() {
    List<String> counted =
        room.inChannel().stream()
            .map(ShownMessage::words)
            .filter(words -> !words.contains("Status of INC-1") && !words.contains("Update on"))
            .toList();
    List<String> first = counted.stream().map(words -> words.split("\n")[0]).toList();
    assertTrue(counted.size() <= BUDGET, first::toString);
    List<String> under = room.inThread().stream().map(ShownMessage::words).toList();
    for (String role : List.of("li is now communications", "sam is now scribe")) {
      assertTrue(under.stream().anyMatch(words -> words.contains(role)), under::toString);
    }
    assertTrue(first.stream().anyMatch(words -> words.contains("→ SEV")), first::toString);
    assertTrue(
        first.stream().anyMatch(words -> words.matches("Alerts of INC-1: [56] firing.*")),
        first::toString);
  }
}
