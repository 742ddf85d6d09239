// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.alert.AlertRule;
import dev.muster.chat.ChannelRef;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While an incident's list of alerts waits to be sent, a storm does not write it again. */
class AlertListsTest {

  private static final IncidentId ONE = new IncidentId(1);

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;
  private EngineHarness engine;

  @BeforeEach
  void open() {
    engine = new EngineHarness(clock, folder);
    AlertRule grouping =
        new AlertRule(
            Map.of(),
            List.of("alertname"),
            Optional.of(Severity.SEV3),
            "",
            AlertRule.Action.DECLARE);
    engine.configure(
        before -> SettingsDraft.of(before).platforms("chat").alertRules(List.of(grouping)).done());
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Alert firing(String name) {
    return new Alert(
        new AlertKey("prom", name),
        Alert.Status.FIRING,
        "Latency of " + name,
        "critical",
        Map.of("alertname", "Latency"),
        Map.of(),
        clock.instant(),
        Optional.empty(),
        "",
        List.of());
  }

  /** Returns the orders that show the list and are not finished. */
  private List<QueuedEffect> orders() {
    return engine.read(tx -> tx.effects().unfinished(ONE)).stream()
        .filter(
            order ->
                order.effect() instanceof Effect.ShowMessage show && show.slot().equals("alerts"))
        .toList();
  }

  @Test
  void list_thatWaits_isWrittenOnce_andSaysWhatIsSoWhenItsTurnComes() {
    engine.alerts("prom", firing("a"));
    List<QueuedEffect> first = orders();

    engine.alerts("prom", firing("b"));
    engine.alerts("prom", firing("c"));

    assertEquals(1, first.size());
    assertEquals(first, orders(), "nothing was written for b and c");
    InMemoryChatWorld world = new InMemoryChatWorld("chat", engine.inboxOf("chat"), clock);
    engine.start(world.platform());
    engine.settle();
    ChannelRef room = engine.incident("INC-1").spaceOn("chat").orElseThrow().channel();
    List<String> shown = world.messages(room).stream().map(ShownMessage::words).toList();
    List<String> lists = shown.stream().filter(words -> words.contains("firing,")).toList();
    assertEquals(1, lists.size(), shown.toString());
    assertTrue(lists.get(0).contains("3 firing, 0 resolved"), lists.get(0));
    assertTrue(lists.get(0).contains("Latency of c"), lists.get(0));
  }

  @Test
  void list_afterItWasSent_isOrderedAnew() {
    InMemoryChatWorld world = new InMemoryChatWorld("chat", engine.inboxOf("chat"), clock);
    engine.start(world.platform());
    engine.alerts("prom", firing("a"));
    engine.settle();

    engine.alerts("prom", firing("b"));
    engine.settle();

    ChannelRef room = engine.incident("INC-1").spaceOn("chat").orElseThrow().channel();
    assertTrue(
        world.messages(room).stream()
            .anyMatch(shown -> shown.words().contains("2 firing, 0 resolved")));
  }
}
