// SPDX-License-Identifier: Apache-2.0
package dev.muster.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What Prometheus is told, also when something cannot be told. */
final class TelemetryTest {

  private final Telemetry telemetry = new Telemetry();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(Telemetry.class);
  }

  @BeforeEach
  void register() {
    log.start();
    logger().addAppender(log);
    telemetry.gauge("muster_broken", this::rows, "side", "left");
    telemetry.gauge("muster_whole", () -> 3);
    telemetry.count("muster_seen_total");
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
  }

  private double rows() {
    if (closed.get()) {
      throw new IllegalStateException("the store is closed");
    }
    return 7;
  }

  private List<String> lines() {
    return telemetry.prometheusText().lines().toList();
  }

  private List<Level> logged() {
    return log.list.stream()
        .map(ILoggingEvent::getLevel)
        .filter(level -> level.isGreaterOrEqual(Level.WARN))
        .toList();
  }

  @Test
  void gauge_thatThrows_leavesAllOthersAndIsNamed() {
    closed.set(true);

    List<String> lines = lines();

    assertTrue(lines.contains("muster_whole 3.0"), lines.toString());
    assertTrue(lines.contains("muster_seen_total 1"), lines.toString());
    assertTrue(lines.contains("muster_gauges_unread_total{gauge=\"muster_broken\"} 1"));
    assertTrue(lines.contains("# muster_broken{side=\"left\"} could not be read"));
    assertFalse(lines.stream().anyMatch(line -> line.startsWith("muster_broken")));
  }

  @Test
  void gauge_thatThrowsAtEachQuestion_isLoggedWhenItBegins() {
    closed.set(true);
    for (int i = 0; i < 5; i++) {
      lines();
    }
    assertEquals(List.of(Level.WARN), logged());
    assertEquals(5, telemetry.counted("muster_gauges_unread_total", "gauge", "muster_broken"));

    closed.set(false);
    assertTrue(lines().contains("muster_broken{side=\"left\"} 7.0"));

    closed.set(true);
    lines();
    assertEquals(List.of(Level.WARN, Level.WARN), logged());
  }
}
