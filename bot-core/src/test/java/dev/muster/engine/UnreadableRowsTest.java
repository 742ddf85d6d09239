// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.store.Inbound;
import dev.muster.store.Timers.Timer;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read is set aside and told; what stands behind it goes on. */
class UnreadableRowsTest {

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;

  @Test
  void rowsOfALaterVersion_areSetAsideAndTold_andTheRestGoesOn() throws SQLException {
    try (EngineHarness engine = new EngineHarness(clock, folder)) {
      InMemoryChatWorld world =
          new InMemoryChatWorld(
              "memory", delivery -> engine.inboxOf("memory").accept(delivery), clock);
      ChannelRef room = world.meetingPlace().channel();
      engine.admins("memory:Uops");
      engine.write(
          tx -> {
            tx.effects().add(order(room, "first"));
            tx.effects().add(order(room, "second"));
            tx.inbox().put("a", "1", new byte[0], alerts(), clock.instant());
            tx.inbox().put("a", "2", new byte[0], alerts(), clock.instant());
            tx.timers().set(timer("INC-1"));
            tx.timers().set(timer("INC-2"));
          });
      damage("UPDATE effect SET body = '{\"is\":\"of_a_later_version\"}' WHERE number = 1");
      damage("UPDATE inbox SET body = '{\"is\":' WHERE delivery_key = '1'");
      damage("UPDATE timer SET details = '[' WHERE subject = 'INC-1'");

      engine.start(world.platform());
      engine.settle();
      engine.until("the timers are gone", () -> engine.read(tx -> tx.timers().nextDue()).isEmpty());

      assertEquals(
          List.of("second"), world.messages(room).stream().map(ShownMessage::words).toList());
      engine.until("nothing waits", () -> engine.read(tx -> tx.inbox().backlog() == 0));
      List<String> told =
          engine.journal(EntryKind.OPERATOR_NOTICE).stream()
              .map(TimelineEntry::reason)
              .sorted()
              .toList();
      assertEquals(List.of("unreadable-delivery", "unreadable-order", "unreadable-timer"), told);
      assertTrue(engine.journal(EntryKind.DELIVERY_PARKED).size() == 1);
    }
  }

  private NewEffect order(ChannelRef room, String words) {
    return new NewEffect(
        new Effect.ShowMessage(new Target.InChannel(room), words, "", BotMessage.line(words)),
        "one lane",
        Priority.CARDS,
        Optional.empty(),
        "",
        clock.instant());
  }

  private static Inbound alerts() {
    return new Inbound.Alerts("test", List.of(), 0);
  }

  private Timer timer(String subject) {
    return new Timer(
        TimerKinds.SUMMARY, subject, Optional.empty(), clock.instant(), Map.of("a", "b"));
  }

  private void damage(String sql) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("engine.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate(sql), sql);
    }
  }
}
