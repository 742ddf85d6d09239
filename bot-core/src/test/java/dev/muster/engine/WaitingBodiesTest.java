// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.store.Inbound;
import dev.muster.testkit.ManualClock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is taken along, and that nobody is passed over. */
class WaitingBodiesTest {

  private static final Alert ALERT =
      new Alert(
          new AlertKey("prom", "f"),
          Alert.Status.FIRING,
          "Latency",
          "critical",
          Map.of(),
          Map.of(),
          ManualClock.atNoon().instant(),
          Optional.empty(),
          "",
          List.of());

  private final WaitingBodies waiting = new WaitingBodies();

  private ComingBody joined(String id, String source, int alerts, int omitted) {
    Inbound.Alerts body = new Inbound.Alerts(source, Collections.nCopies(alerts, ALERT), omitted);
    ComingBody coming = new ComingBody(id, new RawBody(new byte[0], new byte[0]), id, body);
    waiting.join(coming);
    return coming;
  }

  private List<String> with(ComingBody first) {
    return waiting.with(first).stream().map(ComingBody::id).toList();
  }

  @Test
  void bodies_ofTheSameSource_goAlongAsFarAsTheyFit() {
    ComingBody first = joined("a", "prom", 100, 0);
    joined("b", "prom", 100, 0);
    joined("other", "graf", 300, 5);
    joined("c", "prom", 50, 0);
    joined("d", "prom", 1, 0);

    assertEquals(List.of("a", "b", "c"), with(first));
  }

  /** What came later may say that something is over of which the one between says that it is on. */
  @Test
  void bodies_behindOneThatDoesNotFit_passItNot() {
    ComingBody first = joined("a", "prom", 100, 0);
    joined("large", "prom", 200, 0);
    joined("b", "prom", 1, 0);

    assertEquals(List.of("a"), with(first));
  }

  @Test
  void bodies_behindOneThatIsToBeAlone_passItNot() {
    ComingBody first = joined("a", "prom", 1, 0);
    ComingBody alone = joined("left something out", "prom", 1, 2);
    joined("b", "prom", 1, 0);

    assertEquals(List.of("a"), with(first));
    alone.take();
    assertEquals(List.of("a", "b"), with(first));
    assertEquals(List.of("left something out"), with(alone));
  }
}
