// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Looks at the machine: encoding, disk and clock. */
final class MachineCheck {

  private static final Duration CLOCK_BACK = Duration.ofMinutes(1);
  private static final long LITTLE_BYTES = 512L << 20;
  private static final double LITTLE_SHARE = 0.10;

  private MachineCheck() {}

  static Finding encoding(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8)
        ? Finding.ok("encoding", "UTF-8.")
        : Finding.wrong(
            "encoding",
            "Texts are read as "
                + charset
                + ". Start with java -Dfile.encoding=UTF-8, or set LC_ALL=C.UTF-8.");
  }

  /** Looks at the disk that holds the store's folder, or the nearest folder that exists. */
  static Finding disk(Path folder) {
    try {
      Path there = existing(folder);
      FileStore disk = Files.getFileStore(there);
      return disk(there, disk.getUsableSpace(), disk.getTotalSpace());
    } catch (IOException e) {
      return Finding.wrong(
          "disk", "The disk of " + folder + " cannot be looked at: " + e.getMessage() + ".");
    }
  }

  static Finding disk(Path folder, long free, long total) {
    String left = megabytes(free) + " MB are free where " + folder + " is";
    if (free < LITTLE_BYTES) {
      return Finding.wrong(
          "disk",
          left
              + ". Make room: without space for its store Muster takes no alert and no command."
              + " What takes it: du -xah "
              + folder
              + " | sort -h | tail");
    }
    return free < total * LITTLE_SHARE
        ? Finding.note("disk", left + ", less than a tenth of the disk. Make room soon.")
        : Finding.ok("disk", left + ".");
  }

  private static Path existing(Path folder) throws IOException {
    for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at)) {
        return at;
      }
    }
    throw new IOException("no part of the path exists");
  }

  private static long megabytes(long bytes) {
    return bytes >> 20;
  }

  /**
   * Compares the clock with the last moment the store was written: a clock that stands before it
   * was set back, and platforms refuse requests from a wrong clock.
   */
  static Finding clock(Path file, Instant now) {
    try {
      Instant written = Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : now;
      return now.plus(CLOCK_BACK).isBefore(written)
          ? Finding.wrong(
              "clock",
              "This machine says "
                  + seconds(now)
                  + ", but its store was written at "
                  + seconds(written)
                  + ". Set the clock: timedatectl set-ntp true.")
          : Finding.ok("clock", seconds(now) + ", not before the last write to the store.");
    } catch (IOException e) {
      return Finding.note("clock", seconds(now) + "; the store's time cannot be read.");
    }
  }

  private static Instant seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }
}
