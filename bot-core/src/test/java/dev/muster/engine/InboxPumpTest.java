// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.Answer;
import dev.muster.store.Inbound;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxPumpTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger handled = new AtomicInteger();
  @TempDir Path folder;

  @Test
  void delivery_broughtAgainByRecovery_isHandledOnce() throws Exception {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            clock,
            () -> "id-" + ids.incrementAndGet(),
            new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      InboxPump pump =
          new InboxPump(
              store,
              clock,
              () -> null,
              (moment, body) -> counted(),
              () -> {},
              null,
              new Telemetry());
      Inbound body = new Inbound.Alerts("test", List.of(), 0);
      String id =
          store.run(tx -> tx.inbox().put("test", "k", new byte[0], body, clock.instant())).id();

      Answer live = pump.handle(id, body, 0).get(60, TimeUnit.SECONDS);
      // Recovery had read the waiting deliveries just before the live one was done.
      Answer recovered = pump.handle(id, body, 0).get(60, TimeUnit.SECONDS);

      assertEquals(1, handled.get());
      assertEquals(live, recovered);
    }
  }

  private Answer counted() {
    return new Answer.Notice("handled " + handled.incrementAndGet());
  }
}
