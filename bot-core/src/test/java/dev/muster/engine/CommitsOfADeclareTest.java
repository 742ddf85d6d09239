// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each commit between a command and the pin of its headline is a wait for the disk. */
class CommitsOfADeclareTest {

  private static final String CHAT = "chat";
  private static final List<String> STEPS =
      List.of(
          "stored the command",
          "wrote OpenChannel",
          "claimed OpenChannel",
          "ended OpenChannel",
          "claimed message " + Cards.HEADLINE,
          "ended message " + Cards.HEADLINE,
          "claimed PinMessage");

  @TempDir private Path folder;
  private SeenUnits seen;

  @Test
  void declare_commandToPin_takesThreeUnitsOfWork() {
    ManualClock clock = ManualClock.atNoon();
    AtomicLong ids = new AtomicLong(clock.instant().toEpochMilli() * 1_000);
    try (EngineHarness engine =
        new EngineHarness(clock, folder, ids, store -> seen = new SeenUnits(store))) {
      InMemoryChatWorld world =
          new InMemoryChatWorld(CHAT, heard -> engine.inboxOf(CHAT).accept(heard), clock);
      engine.start(world.platform());

      world.commands(
          world.person("ada"), world.meetingPlace().channel(), "declare! Checkout is down");
      engine.settle();

      List<Integer> units = STEPS.stream().map(seen::unitOf).toList();
      assertFalse(units.contains(-1), "a step was never taken: " + units);
      assertEquals(units.stream().sorted().toList(), units, "steps in another order");
      assertEquals(3, units.stream().distinct().count(), "units of the steps: " + units);
    }
  }
}
