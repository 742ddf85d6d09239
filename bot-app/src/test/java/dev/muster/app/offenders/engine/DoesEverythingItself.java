// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.engine;

import java.time.Instant;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.OkHttpClient;

/** Never called; each method does what the rules leave to a few named classes. */
final class DoesEverythingItself {
  private DoesEverythingItself() {}

  static Object asksTheClock() {
    return Instant.now();
  }

  static Object makesAnId() {
    return UUID.randomUUID();
  }

  static Object rollsDice() {
    return ThreadLocalRandom.current();
  }

  static Object readsTheEnvironment() {
    return System.getenv("HOME");
  }

  static void sleeps() throws InterruptedException {
    Thread.sleep(1);
  }

  static Object makesAClient() {
    return new OkHttpClient();
  }

  static Thread startsAThread() {
    return new Thread(() -> {});
  }

  static void endsTheProcess() {
    System.exit(1);
  }

  static Object looksForPlugins() {
    return ServiceLoader.load(Runnable.class);
  }
}
