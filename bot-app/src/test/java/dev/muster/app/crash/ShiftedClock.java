// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The machine's clock and some more. How much more stands in a file that two processes share, so
 * that a parent lets time pass while its child is stopped.
 */
final class ShiftedClock implements InstantSource {

  /** Names the file to the child. */
  static final String FILE = "MUSTER_TRIAL_CLOCK";

  private final LongBuffer millis;

  private ShiftedClock(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      millis = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES).asLongBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the file. */
  static ShiftedClock make(Path file) {
    try {
      Files.write(file, new byte[Long.BYTES]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ShiftedClock(file);
  }

  /** Opens a file that another process made. */
  static ShiftedClock open(Path file) {
    return new ShiftedClock(file);
  }

  /** Lets so much time pass at once. */
  void pass(Duration time) {
    millis.put(0, millis.get(0) + time.toMillis());
  }

  @Override
  public Instant instant() {
    return InstantSource.system()
        .instant()
        .truncatedTo(ChronoUnit.MICROS)
        .plusMillis(millis.get(0));
  }
}
