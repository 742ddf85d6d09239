// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel that an incident left is closed last: in a closed one nothing can be taken back. */
class LeaveChannelTest {

  private static final IncidentId ID = new IncidentId(1);

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;

  @Test
  void channel_inWhichAMessageStillStands_staysOpenUntilItIsTakenBack() {
    try (EngineHarness engine = new EngineHarness(clock, folder)) {
      InMemoryChatWorld world =
          new InMemoryChatWorld("memory", d -> engine.inboxOf("memory").accept(d), clock);
      ChannelRef old = world.meetingPlace().channel();
      engine.write(tx -> tx.effects().add(takingBack(old)));
      RoomCarrier rooms = new RoomCarrier(new ReadAlone(engine), null, null, null, null, null);
      Effect.LeaveChannel leave =
          new Effect.LeaveChannel(ID, old, "old", Optional.empty(), List.of());

      Settlement first = rooms.leave(world.platform(), leave);
      assertInstanceOf(Settlement.NotYet.class, first, first.toString());
      assertFalse(world.look(old).orElseThrow().archived());

      engine.write(
          tx -> {
            for (QueuedEffect order : tx.effects().claim(clock.instant(), 9, Priority.BACKGROUND)) {
              tx.effects().done(order.id(), order.attempt(), "");
            }
          });
      Settlement second = rooms.leave(world.platform(), leave);
      assertInstanceOf(Settlement.Done.class, second, second.toString());
      assertTrue(world.look(old).orElseThrow().archived());
    }
  }

  private NewEffect takingBack(ChannelRef channel) {
    return new NewEffect(
        new Effect.WithdrawMessage(ID, new Target.InChannel(channel), "headline", Optional.empty()),
        "withdraw/headline",
        Priority.CARDS,
        Optional.of(ID),
        "",
        clock.instant());
  }
}
