// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An empty database with its tables, made once, so that not every test has to make them. */
final class EmptyStore {

  private static final byte[] CONTENT = make();

  private EmptyStore() {}

  /** Puts an empty database at a place where there is none. */
  static void copyTo(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.write(file, CONTENT);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] make() {
    try {
      Path folder = Files.createTempDirectory("empty-store");
      Path file = folder.resolve("muster.db");
      Files.createFile(file);
      Schema.migrate(new StoreUrl(file));
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
