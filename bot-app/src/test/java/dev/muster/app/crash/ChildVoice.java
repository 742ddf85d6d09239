// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What one process tells its parent; everything that it prints goes into a file as well. */
final class ChildVoice {

  private static final String CALLED = CrashPoints.MARK + CrashPoints.CALLED;
  private static final String ENDED = "ENDED";

  private final Path log;
  private final Set<String> called;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private volatile boolean standing;

  private ChildVoice(Path log, Set<String> called) {
    this.log = log;
    this.called = called;
  }

  /**
   * Listens to a process on a thread of its own, until it ends.
   *
   * @param log where all of it goes
   * @param called to which it adds the verbs that are called
   */
  static ChildVoice of(Process child, Path log, Set<String> called) {
    ChildVoice voice = new ChildVoice(log, called);
    Thread reader = new Thread(() -> voice.read(child), "child " + log.getFileName());
    reader.setDaemon(true);
    reader.start();
    return voice;
  }

  private void read(Process from) {
    try (BufferedReader lines = from.inputReader(StandardCharsets.UTF_8);
        BufferedWriter copy = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line);
        copy.newLine();
        if (line.startsWith(CALLED)) {
          called.add(line.substring(CALLED.length()));
        } else if (line.startsWith(CrashPoints.MARK)) {
          said.add(line.substring(CrashPoints.MARK.length()));
          standing |= line.startsWith("AT", CrashPoints.MARK.length());
        }
      }
    } catch (IOException e) {
      said.add(ENDED + " " + e.getMessage());
    }
    said.add(ENDED);
  }

  /** Returns whether it said that it stands at the armed point. */
  boolean stands() {
    return standing;
  }

  /** Returns the next thing that it says, or null when it says nothing for so long. */
  String next(long millis) throws InterruptedException {
    return said.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** Waits until it says what begins so. */
  String next(String wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CrashBot.PATIENCE_SECONDS);
    List<String> others = new ArrayList<>();
    try {
      while (System.nanoTime() < end) {
        String line = next(1_000);
        if (line != null && line.startsWith(wanted)) {
          return line;
        }
        if (line != null) {
          others.add(line);
        }
        if (line != null && line.startsWith(ENDED)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("the bot did not say " + wanted + " but " + others + "; see " + log);
  }
}
