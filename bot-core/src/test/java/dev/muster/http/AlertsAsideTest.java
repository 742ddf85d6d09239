// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.spool.SpoolFile;
import dev.muster.store.spool.SpoolRecord;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept is in the file before it is told; what is over takes nothing. */
class AlertsAsideTest {

  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger over = new AtomicInteger();
  private final Telemetry telemetry = new Telemetry();
  private Path path;
  private AlertsAside aside;

  @BeforeEach
  void make() {
    path = folder.resolve("muster.spool");
    aside = new AlertsAside(ManualClock.atNoon(), () -> "key-" + ids.incrementAndGet(), telemetry);
  }

  private List<String> kept() throws IOException {
    List<String> keys = new ArrayList<>();
    try (SpoolFile spool = SpoolFile.open(path).orElseThrow()) {
      spool.each((SpoolRecord found) -> keys.add(found.delivery()));
    }
    return keys;
  }

  @Test
  void body_beforeItBeginsOrAfterItsEnd_isNotKept() throws IOException {
    assertEquals(Optional.empty(), aside.keep("prom", "hash", BODY));
    assertEquals(Optional.empty(), aside.begin(path, over::incrementAndGet));
    assertEquals(Optional.of("key-1"), aside.keep("prom", "hash", BODY));
    assertEquals(1, aside.end());
    assertEquals(Optional.empty(), aside.keep("prom", "hash", BODY));

    assertEquals(List.of("key-1"), kept());
    assertEquals(0, over.get());
    assertEquals(1, telemetry.counted("muster_alerts_set_aside_total", "source", "prom"));
  }

  @Test
  void fullFile_takesNothingMore_andSaysThatItIsOver() throws IOException {
    aside.begin(path, over::incrementAndGet);
    assertTrue(aside.keep("prom", "hash", BODY).isPresent());

    byte[] large = new byte[(int) SpoolFile.MOST_BYTES];
    assertEquals(Optional.empty(), aside.keep("prom", "hash", large));

    assertEquals(1, over.get());
    assertEquals(Optional.empty(), aside.keep("prom", "hash", BODY));
    assertEquals(1, aside.end());
    assertEquals(List.of("key-1"), kept());
  }

  @Test
  void file_thatCannotBeMade_isToldAndNothingBegins() {
    Path nowhere = folder.resolve("gone").resolve("muster.spool");

    String why = aside.begin(nowhere, over::incrementAndGet).orElse("");

    assertTrue(why.startsWith(nowhere + " cannot be written"), why);
    assertFalse(aside.hasBegun());
  }
}
