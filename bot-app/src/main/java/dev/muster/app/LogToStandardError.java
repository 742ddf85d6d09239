// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import dev.muster.app.warm.WarmThreads;
import dev.muster.app.warm.WarmUp;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.ILoggerFactory;

/**
 * Writes the log to standard error, and lets nobody wait for it: a thread of its own writes, and
 * what it cannot write, because the disk there is full or nobody reads, is dropped and counted.
 * Once lines go out again, one of them says how many are missing. Any thread may log.
 */
public final class LogToStandardError extends UnsynchronizedAppenderBase<ILoggingEvent> {

  /** What waits for a slow disk must not take the memory that work needs. */
  static final int MOST_WAITING_BYTES = 4 << 20;

  private static final long TRY_AGAIN_SECONDS = 5;
  private static final long LAST_LINES_MILLIS = 1_000;
  private static final byte[] END = {};

  private final OutputStream out;
  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread = new Thread(this::write, "log-write");
  private Encoder<ILoggingEvent> encoder;
  private long told;
  private boolean brokenOff;

  /** Made by the settings of the log. */
  public LogToStandardError() {
    this(new FileOutputStream(FileDescriptor.err));
  }

  LogToStandardError(OutputStream out) {
    this.out = out;
    thread.setDaemon(true);
  }

  /** Returns how many lines this process has lost by now. */
  static long lostBy(ILoggerFactory loggers) {
    long lost = 0;
    if (loggers instanceof LoggerContext context) {
      Iterator<Appender<ILoggingEvent>> all =
          context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
      while (all.hasNext()) {
        lost += all.next() instanceof LogToStandardError ours ? ours.lost() : 0;
      }
    }
    return lost;
  }

  long lost() {
    return lost.get();
  }

  /** Named in the settings of the log. */
  public Encoder<ILoggingEvent> getEncoder() {
    return encoder;
  }

  /** Named in the settings of the log. */
  public void setEncoder(Encoder<ILoggingEvent> encoder) {
    this.encoder = encoder;
  }

  @Override
  public void start() {
    if (encoder == null) {
      addError("An encoder is missing.");
      return;
    }
    super.start();
    thread.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    byte[] line = encoder.encode(event);
    if (isOfTheWarmUp(event)) {
      return;
    }
    if (waitingBytes.addAndGet(line.length) > MOST_WAITING_BYTES) {
      waitingBytes.addAndGet(-line.length);
      lost.incrementAndGet();
    } else {
      waiting.add(line);
    }
  }

  /** What happens to incidents that are thrown away is nobody's business; what came of it is. */
  private static boolean isOfTheWarmUp(ILoggingEvent event) {
    return WarmThreads.isHere() && !event.getLoggerName().equals(WarmUp.class.getName());
  }

  private void write() {
    try {
      for (byte[] line = next(); line != END; line = next()) {
        if (line != null) {
          waitingBytes.addAndGet(-line.length);
          put(line);
        }
        if (waiting.isEmpty()) {
          tell();
        }
      }
      tell();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is missing is told even when nothing more is to be logged. */
  private byte[] next() throws InterruptedException {
    return lost.get() > told ? waiting.poll(TRY_AGAIN_SECONDS, TimeUnit.SECONDS) : waiting.take();
  }

  private void put(byte[] line) {
    if (!isWritten(line)) {
      lost.incrementAndGet();
    }
  }

  /** What broke off in the middle of a line is ended, so that the next begins at its beginning. */
  private boolean isWritten(byte[] line) {
    try {
      if (brokenOff) {
        out.write('\n');
        brokenOff = false;
      }
      out.write(line);
      out.flush();
      return true;
    } catch (IOException e) {
      // There is no other place to say it; the count is what is told later.
      brokenOff = true;
      return false;
    }
  }

  private void tell() {
    long now = lost.get();
    if (now > told && isWritten(encoder.encode(sentence(now - told)))) {
      told = now;
    }
  }

  private ILoggingEvent sentence(long lines) {
    LoggerContext context = (LoggerContext) getContext();
    return new LoggingEvent(
        LogToStandardError.class.getName(),
        context.getLogger(LogToStandardError.class),
        Level.WARN,
        "log_lines_lost count={}",
        null,
        new Object[] {lines});
  }

  /** What waits is written, for a second at most. */
  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    super.stop();
    waiting.add(END);
    try {
      thread.join(LAST_LINES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
