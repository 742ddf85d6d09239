// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident without a channel goes on under its announcement, whenever that arrives. */
class OpenThreadTest {

  private static final IncidentId ID = new IncidentId(1);
  private static final Target ANNOUNCEMENTS = new Target.Announcements("memory");
  private static final String SLOT = Cards.announcementSlot(ID);

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;

  @Test
  void announcement_arrivingWhileItIsLookedFor_isWaitedFor() {
    try (EngineHarness engine = new EngineHarness(clock, folder)) {
      InMemoryChatWorld world =
          new InMemoryChatWorld(
              "memory", delivery -> engine.inboxOf("memory").accept(delivery), clock);
      engine.write(tx -> tx.effects().add(announcing()));
      UnitOfWork store = new ArrivingAfterALook(engine);
      RoomCarrier rooms =
          new RoomCarrier(store, null, new Documents(store, engine::settings), null, null, null);

      Settlement first = rooms.openThread(world.platform(), new Effect.OpenThread(ID, "memory"));
      Settlement second = rooms.openThread(world.platform(), new Effect.OpenThread(ID, "memory"));

      assertInstanceOf(Settlement.NotYet.class, first, first.toString());
      assertEquals("17", ((Settlement.Done) second).result());
    }
  }

  private NewEffect announcing() {
    return new NewEffect(
        new Effect.ShowMessage(ANNOUNCEMENTS, SLOT, "", BotMessage.line("INC-1")),
        "announce/memory/" + SLOT,
        Priority.CARDS,
        Optional.of(ID),
        "",
        clock.instant());
  }

  /** A store in which the announcement is posted right after somebody looked. */
  private final class ArrivingAfterALook extends ReadAlone {
    ArrivingAfterALook(EngineHarness engine) {
      super(engine);
    }

    @Override
    public <T> T read(Function<Tx, T> reading) {
      T seen = super.read(reading);
      engine().write(this::arrives);
      return seen;
    }

    private void arrives(Tx tx) {
      for (QueuedEffect order : tx.effects().claim(clock.instant(), 9, Priority.BACKGROUND)) {
        MessageRef message = new MessageRef(new ChannelRef("memory", "incidents"), "17");
        tx.slots().put(EffectCarrier.slotKey(ANNOUNCEMENTS), SLOT, message);
        tx.effects().done(order.id(), order.attempt(), "");
      }
    }
  }
}
