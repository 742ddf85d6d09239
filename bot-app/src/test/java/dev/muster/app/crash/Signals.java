// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Sends a process what Java has no word for. */
final class Signals {

  private Signals() {}

  /** Sends a signal, such as {@code -STOP}, and waits until it is sent. */
  static void send(String name, Process process) {
    try {
      Process sent = new ProcessBuilder("kill", name, String.valueOf(process.pid())).start();
      if (!sent.waitFor(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS) || sent.exitValue() != 0) {
        throw new AssertionError(name + " did not reach process " + process.pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
