// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateTurnsTest {

  private static final Duration LATE = Duration.ofSeconds(12);

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;
  private EngineHarness store;

  @BeforeEach
  void open() {
    store = new EngineHarness(clock, folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void order(int incident, String slot) {
    IncidentId id = new IncidentId(incident);
    Effect show =
        new Effect.ShowMessage(
            new Target.InIncident(id, "chat"), slot, "", BotMessage.line("Said."));
    store.write(
        tx ->
            tx.effects()
                .add(
                    new NewEffect(
                        show,
                        id + "/" + slot,
                        Priority.CARDS,
                        Optional.of(id),
                        "",
                        clock.instant())));
  }

  /** Returns the slots of what is to go now. */
  private List<String> claimed() {
    List<String> going = new ArrayList<>();
    store.write(
        tx ->
            LateTurns.give(
                    tx,
                    tx.effects().claim(clock.instant(), 20, Priority.BACKGROUND),
                    clock.instant())
                .forEach(order -> going.add(((Effect.ShowMessage) order.effect()).slot())));
    return going;
  }

  private List<QueuedEffect.State> states(int incident) {
    return store.read(
        tx ->
            tx.effects().unfinished(new IncidentId(incident)).stream()
                .map(QueuedEffect::state)
                .toList());
  }

  @Test
  void lateLines_dueAtOneMoment_goOneOfAPlaceAndTheOthersArePendingAgain() {
    order(1, "line/a");
    order(1, "line/b");
    order(2, "line/c");
    order(1, "line/d");
    order(1, "headline");
    clock.advance(LATE);

    assertEquals(List.of("line/a", "line/c", "headline"), claimed());

    assertEquals(
        List.of(
            QueuedEffect.State.SENDING,
            QueuedEffect.State.PENDING,
            QueuedEffect.State.PENDING,
            QueuedEffect.State.SENDING),
        states(1));
  }

  @Test
  void lateLine_whileAnotherOfItsPlaceIsUnderWay_standsBack() {
    order(1, "line/a");
    clock.advance(LATE);
    assertEquals(List.of("line/a"), claimed());
    order(1, "line/b");
    order(2, "line/c");
    clock.advance(LATE);

    assertEquals(List.of("line/c"), claimed());
    assertEquals(List.of(), claimed());
  }

  @Test
  void linesInTheirTime_goSideBySide() {
    order(1, "line/a");
    order(1, "line/b");

    assertEquals(List.of("line/a", "line/b"), claimed());
  }
}
