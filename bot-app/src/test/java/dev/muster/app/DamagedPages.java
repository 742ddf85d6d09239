// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** Damages database files. */
public final class DamagedPages {

  private static final int PAGE = 4096;

  private DamagedPages() {}

  /**
   * Overwrites everything but the head of a file, so that it takes a reading to notice. What still
   * stands in the log beside it is read from there.
   */
  public static void overwrite(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] nonsense = new byte[PAGE];
      Arrays.fill(nonsense, (byte) 0x5a);
      for (long at = PAGE; at < bytes.length(); at += PAGE) {
        bytes.seek(at);
        bytes.write(nonsense);
      }
    }
  }
}
