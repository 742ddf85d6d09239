// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteAnswer.EventSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events to one client; a comment every 15 seconds finds out whether it is there.
 * Whoever may not read any more, because they signed out or their token was revoked, gets nothing
 * more; nor does anybody while that cannot be found out, who then connects again.
 */
final class EventStream implements EventSink {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private static final long HEARTBEAT_SECONDS = 15;

  private final OutputStream out;
  private final BooleanSupplier standing;
  private final CompletableFuture<Void> gone;
  private final List<Runnable> whenGone = new CopyOnWriteArrayList<>();
  private final ScheduledFuture<?> heartbeat;

  EventStream(
      OutputStream out,
      CompletableFuture<Void> gone,
      ScheduledExecutorService executor,
      BooleanSupplier standing) {
    this.out = out;
    this.gone = gone;
    this.standing = standing;
    write(": hello\n\n");
    heartbeat =
        executor.scheduleWithFixedDelay(
            () -> write(": still here\n\n"),
            HEARTBEAT_SECONDS,
            HEARTBEAT_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public boolean send(String event, String data, String id) {
    StringBuilder text = new StringBuilder();
    if (!id.isEmpty()) {
      text.append("id: ").append(id).append('\n');
    }
    text.append("event: ").append(event).append('\n');
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    return write(text.append('\n').toString());
  }

  private synchronized boolean write(String text) {
    if (gone.isDone()) {
      return false;
    }
    try {
      if (!standing.getAsBoolean()) {
        close();
        return false;
      }
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return true;
    } catch (IOException e) {
      close();
      return false;
    } catch (RuntimeException e) {
      LOG.warn("stream_ended cause={}", e.getClass().getSimpleName());
      close();
      return false;
    }
  }

  @Override
  public void onClose(Runnable action) {
    whenGone.add(action);
    if (gone.isDone() && whenGone.remove(action)) {
      action.run();
    }
  }

  @Override
  public void close() {
    if (gone.complete(null)) {
      if (heartbeat != null) {
        heartbeat.cancel(false);
      }
      for (Runnable action : whenGone) {
        whenGone.remove(action);
        action.run();
      }
    }
  }
}
