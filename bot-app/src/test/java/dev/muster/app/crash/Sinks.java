// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What lies in files that a bot wrote. */
final class Sinks {

  /** What the sink is called that holds everything. */
  static final String DATABASE = "the database";

  private Sinks() {}

  /** Returns a file byte by byte; nothing of one that is not there. */
  static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
