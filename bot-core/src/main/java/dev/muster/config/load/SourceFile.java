// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Reads a file whole, and only when nobody was writing it meanwhile. */
final class SourceFile {

  /** A configuration larger than this is a mistake; reading it would hold up the start. */
  static final int LARGEST = 4 * 1024 * 1024;

  private static final int ATTEMPTS = 3;

  private SourceFile() {}

  /** Returns the bytes; empty when the file cannot be read, which is then reported. */
  static Optional<byte[]> read(Path file, Problems problems) {
    try {
      return readWhole(file, problems);
    } catch (NoSuchFileException e) {
      refuse(problems, "There is no such file", "Check the path, or make the file");
    } catch (IOException e) {
      refuse(problems, "The file cannot be read", "Check its rights and the disk");
    }
    return Optional.empty();
  }

  private static Optional<byte[]> readWhole(Path file, Problems problems) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
      if (!before.isRegularFile()) {
        refuse(problems, "This is no file", "Name a YAML file");
        return Optional.empty();
      }
      if (before.size() > LARGEST) {
        refuse(problems, "The file is larger than 4 MiB", "Split it or remove what is not needed");
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      if (isUnchanged(before, Files.readAttributes(file, BasicFileAttributes.class), bytes)) {
        return Optional.of(bytes);
      }
    }
    refuse(problems, "The file is being written right now", "Try again when it is complete");
    return Optional.empty();
  }

  private static boolean isUnchanged(
      BasicFileAttributes before, BasicFileAttributes after, byte[] bytes) {
    return before.lastModifiedTime().equals(after.lastModifiedTime())
        && bytes.length == after.size()
        && before.size() == after.size();
  }

  private static void refuse(Problems problems, String what, String hint) {
    problems.add(Place.whole(problems.file()), "", what, hint);
  }
}
