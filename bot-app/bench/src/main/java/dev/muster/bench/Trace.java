// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What a stand-in was asked since a moment, written into a file: which call waits for which. */
final class Trace {

  /** A call and when it was carried out. */
  record Call(Instant at, String what) {}

  private Trace() {}

  /** Writes the calls since then, each with the milliseconds it came after it. */
  static void write(Path file, Instant begin, List<Call> calls) throws IOException {
    List<String> lines =
        calls.stream()
            .filter(call -> call.at().isAfter(begin))
            .map(call -> line(Duration.between(begin, call.at()), call.what()))
            .toList();
    Files.write(file, lines);
  }

  private static String line(Duration after, String what) {
    return String.format(Locale.ROOT, "%6d ms  %s", after.toMillis(), what);
  }
}
