// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream whose listener may lose the right to it. */
class EventStreamTest {

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void standingThatCannotBeRead_endsTheStream_soThatThePageConnectsAgain() {
    AtomicBoolean broken = new AtomicBoolean();
    AtomicInteger closed = new AtomicInteger();
    EventStream stream =
        new EventStream(
            out,
            gone,
            executor,
            () -> {
              if (broken.get()) {
                throw new IllegalStateException("the store cannot be read");
              }
              return true;
            });
    stream.onClose(closed::incrementAndGet);
    assertTrue(stream.send("message", "{}", "1"));

    broken.set(true);

    assertFalse(stream.send("message", "{\"secret\":1}", "2"));
    assertTrue(gone.isDone());
    assertEquals(1, closed.get());
    assertFalse(out.toString(StandardCharsets.UTF_8).contains("secret"));
  }
}
