// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.UserRef;
import dev.muster.incident.Rejection;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateGuardTest {

  private static final UserRef ADA = new UserRef("web", "ada");
  private static final UserRef LI = new UserRef("web", "li");

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  @TempDir Path folder;
  private SqlStore store;

  @BeforeEach
  void open() {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            clock,
            () -> "id-" + ids.incrementAndGet(),
            new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Optional<Rejection> asks(UserRef user) {
    return store.run(tx -> RateGuard.refusal(new Moment(tx, clock.instant(), null), user));
  }

  private void asks(UserRef user, int times) {
    for (int i = 0; i < times; i++) {
      assertEquals(Optional.empty(), asks(user));
    }
  }

  @Test
  void command_thirtyFirstInTenSeconds_isRefusedWithTheWait() {
    asks(ADA, 15);
    clock.advance(Duration.ofSeconds(4));
    asks(ADA, 15);

    Rejection refused = asks(ADA).orElseThrow();

    assertEquals("too_fast", refused.reason());
    assertTrue(refused.text().contains("Send it again in 6 s."), refused.text());
    assertEquals(Optional.empty(), asks(LI));
    clock.advance(Duration.ofSeconds(7));
    asks(ADA, 15);
    assertTrue(asks(ADA).isPresent());
  }

  @Test
  void clock_putBack_locksNobodyOut() {
    asks(ADA, 29);
    clock.advance(Duration.ofDays(-1));

    asks(ADA, 30);
    assertTrue(asks(ADA).orElseThrow().text().contains("Send it again in 10 s."));
  }

  @Test
  void command_rolledBack_isNotCounted() {
    asks(ADA, 29);
    for (int i = 0; i < 5; i++) {
      assertThrows(
          RuntimeException.class,
          () ->
              store.run(
                  tx -> {
                    RateGuard.refusal(new Moment(tx, clock.instant(), null), ADA);
                    throw new IllegalStateException("the disk is full");
                  }));
    }

    asks(ADA, 1);
    assertTrue(asks(ADA).isPresent());
  }
}
