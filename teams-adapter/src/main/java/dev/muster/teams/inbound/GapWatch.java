// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.teams.client.Places;
import dev.muster.teams.client.Places.Conversation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that nobody listened for a while. Teams delivers nothing a second time, so what people
 * wrote while the program was down must be read from the history. A record says once a minute that
 * we are alive; at the next start it tells since when something may be missing in the channels we
 * opened.
 */
public final class GapWatch implements AutoCloseable {

  private static final String ALIVE = "alive";
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** Older incidents are closed, or were looked after by a person. */
  private static final Duration LONGEST_GAP = Duration.ofDays(7);

  /** Channels opened longer ago are not read again. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(GapWatch.class);

  private final ChatInbox inbox;
  private final PlatformRuntime runtime;
  private final Places places;
  private ScheduledFuture<?> beating;

  /** Creates a watch that does nothing yet. */
  public GapWatch(ChatInbox inbox, PlatformRuntime runtime, Places places) {
    this.inbox = inbox;
    this.runtime = runtime;
    this.places = places;
  }

  /** Reports the gap since the last sign of life, if there was one, and begins to give signs. */
  public synchronized void begin() {
    Instant now = runtime.clock().instant();
    lastAlive().ifPresent(last -> report(last, now));
    beat();
    long millis = EVERY.toMillis();
    beating =
        runtime.executor().scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  private Optional<Instant> lastAlive() {
    return runtime.memory().get(ALIVE).map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
  }

  private void report(Instant last, Instant now) {
    Instant earliest = now.minus(LONGEST_GAP);
    Instant since = last.isBefore(earliest) ? earliest : last;
    for (Conversation channel : places.openedSince(now.minus(LONGEST_LIFE))) {
      ChatEvent event = new ChatEvent.GapDetected(now, MessageIds.channel(channel.id()), since);
      String key = "gap:" + channel.id() + ":" + since.toEpochMilli();
      inbox.accept(Delivery.of(key, event));
    }
  }

  private void beat() {
    try {
      String now = String.valueOf(runtime.clock().instant().toEpochMilli());
      runtime.memory().put(List.of(Memory.Write.of(ALIVE, now)));
    } catch (RuntimeException e) {
      // The next sign may be written again; until then the gap only looks longer than it is.
      LOG.warn("teams_alive_not_written error={}", e.getClass().getName());
    }
  }

  /** Gives a last sign and no more. */
  @Override
  public synchronized void close() {
    if (beating != null) {
      beating.cancel(false);
      beating = null;
      beat();
    }
  }
}
