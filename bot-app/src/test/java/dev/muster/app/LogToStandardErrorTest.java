// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.muster.app.warm.WarmThreads;
import dev.muster.app.warm.WarmUp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits for the log, and what it could not write is counted and told. */
@Timeout(60)
class LogToStandardErrorTest {

  private static final String LINE = "a line of the log ".repeat(10);
  private static final String MISSING = "log_lines_lost count=";

  private final LoggerContext context = new LoggerContext();
  private final Outlet outlet = new Outlet();
  private final LogToStandardError log = new LogToStandardError(outlet);
  private final Logger logger = context.getLogger("dev.muster.Door");

  LogToStandardErrorTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    log.setContext(context);
    log.setEncoder(encoder);
    log.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(log);
  }

  @AfterEach
  void stop() {
    outlet.go.release(1_000_000);
    context.stop();
  }

  /** Where the lines go: it may wait for somebody who reads, or be full. */
  private static final class Outlet extends OutputStream {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Semaphore go = new Semaphore(0);
    private final CountDownLatch kept = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch refused = new CountDownLatch(10);
    private volatile boolean stuck;
    private volatile boolean full;

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (stuck) {
        go.acquireUninterruptibly();
      }
      if (full) {
        // A full disk takes the beginning of what no longer fits.
        keep(bytes, from, length / 2);
        refused.countDown();
        throw new IOException("No space left on device");
      }
      keep(bytes, from, length);
      kept.countDown();
      if (new String(bytes, from, length, StandardCharsets.UTF_8).contains(MISSING)) {
        told.countDown();
      }
    }

    private synchronized void keep(byte[] bytes, int from, int length) {
      written.write(bytes, from, length);
    }

    synchronized List<String> lines() {
      return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static long count(List<String> lines, String whole) {
    return lines.stream().filter(whole::equals).count();
  }

  @Test
  void outlet_nobodyReads_nobodyWaitsAndWhatIsMissingIsToldAfterwards() throws Exception {
    outlet.stuck = true;
    int logged = 2 * LogToStandardError.MOST_WAITING_BYTES / LINE.length();
    for (int line = 0; line < logged; line++) {
      logger.info(LINE);
    }
    long lost = log.lost();
    assertTrue(lost > 0 && lost < logged, lost + " of " + logged);
    assertEquals(lost, LogToStandardError.lostBy(context));

    outlet.stuck = false;
    outlet.go.release();
    outlet.told.await();

    List<String> lines = outlet.lines();
    assertEquals(MISSING + lost, lines.get(lines.size() - 1));
    assertEquals(logged, count(lines, LINE) + lost);
  }

  @Test
  void outlet_full_dropsLinesAndTellsOnceItTakesThemAgain() throws Exception {
    logger.info("before");
    outlet.kept.await();
    outlet.full = true;
    int logged = 0;
    for (; !outlet.refused.await(1, TimeUnit.MILLISECONDS); logged++) {
      logger.info(LINE);
    }

    outlet.full = false;
    outlet.told.await();
    logger.info("after");
    context.stop();

    List<String> lines = outlet.lines();
    assertEquals(1, count(lines, "before"));
    assertEquals(1, count(lines, "after"));
    assertEquals(logged, count(lines, LINE) + log.lost());
    assertTrue(log.lost() > 1, "some did not fit");
    assertEquals(log.lost(), lines.stream().mapToLong(LogToStandardErrorTest::missing).sum());
  }

  private static long missing(String line) {
    return line.startsWith(MISSING) ? Long.parseLong(line.substring(MISSING.length())) : 0;
  }

  @Test
  void warmUp_whatItLogs_isLeftOutButWhatCameOfIt() throws Exception {
    Thread warming =
        new Thread(
            new WarmThreads(),
            () -> {
              logger.error("about an incident that is thrown away");
              context.getLogger(WarmUp.class).info("warmed_up");
            },
            "warm-up");
    warming.start();
    warming.join();
    logger.info("about a real one");

    context.stop();

    assertEquals(List.of("warmed_up", "about a real one"), outlet.lines());
    assertEquals(0, log.lost());
  }

  @Test
  void end_ofTheProcess_writesWhatWaits() {
    for (int line = 0; line < 1_000; line++) {
      logger.info(LINE);
    }

    context.stop();

    assertEquals(1_000, count(outlet.lines(), LINE));
  }
}
