// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.store.spool.SpoolFile;
import dev.muster.store.spool.SpoolRecord;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps bodies of alerts aside while there is no store for them: each is on the disk before its
 * sender is told so. It begins once, and is over when it is closed, full, or its disk fails. Any
 * thread may call.
 */
public final class AlertsAside {

  private static final Logger LOG = LoggerFactory.getLogger(AlertsAside.class);

  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Telemetry telemetry;
  private final AtomicInteger kept = new AtomicInteger();
  private volatile Runnable onOver = () -> {};
  private volatile SpoolFile spool;
  private volatile boolean over;

  /**
   * Creates it; nothing is kept before {@link #begin}.
   *
   * @param ids the keys under which bodies are stored later
   */
  public AlertsAside(InstantSource clock, Supplier<String> ids, Telemetry telemetry) {
    this.clock = clock;
    this.ids = ids;
    this.telemetry = telemetry;
  }

  /**
   * Begins, behind what lies there.
   *
   * @param path where the spool lies
   * @param whenOver called when nothing more is taken; more than once, maybe
   * @return why it cannot; empty when it has begun
   */
  public Optional<String> begin(Path path, Runnable whenOver) {
    try {
      Optional<SpoolFile> opened = SpoolFile.open(path);
      onOver = whenOver;
      spool = opened.orElse(null);
      return opened.isPresent() ? Optional.empty() : Optional.of(path + " is in use");
    } catch (IOException e) {
      return Optional.of(path + " cannot be written: " + e.getMessage());
    }
  }

  /** Returns whether the store is not to be asked any more. */
  boolean hasBegun() {
    return spool != null;
  }

  /**
   * Keeps a body.
   *
   * @return the key it will be stored under; empty when it was not kept
   */
  Optional<String> keep(String source, String hash, byte[] body) {
    SpoolFile into = spool;
    if (into == null || over) {
      return Optional.empty();
    }
    String delivery = ids.get();
    try {
      if (into.add(new SpoolRecord(clock.instant(), source, delivery, hash, body))) {
        kept.incrementAndGet();
        telemetry.count("muster_alerts_set_aside_total", "source", source);
        return Optional.of(delivery);
      }
      LOG.error("spool_full file={}", into.path());
    } catch (IOException e) {
      LOG.error("spool_failed file={}", into.path(), e);
    }
    over = true;
    onOver.run();
    return Optional.empty();
  }

  /** Takes nothing more; returns how many bodies were kept. Calling again is harmless. */
  public int end() {
    over = true;
    SpoolFile opened = spool;
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        // What was acknowledged is on the disk, whatever closing says.
        LOG.warn("spool_not_closed file={}", opened.path(), e);
      }
    }
    return kept.get();
  }
}
