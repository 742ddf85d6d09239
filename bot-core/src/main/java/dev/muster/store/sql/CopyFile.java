// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Files that hold a whole store and that nobody works on. */
final class CopyFile {

  private static final String SQLITE = "jdbc:sqlite:";

  private CopyFile() {}

  /** Opens a copy that will not be changed. */
  static Connection reading(Path file) throws IOException, SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return config.createConnection(address(file));
  }

  /** Opens a copy to change it; what is committed is durable. */
  static Connection writing(Path file) throws IOException, SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
    return DriverManager.getConnection(address(file), config.toProperties());
  }

  /** Takes the place of whatever has that name, completely or not at all, also on power loss. */
  static void put(Path draft, Path target) throws IOException {
    flush(draft);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    flushFolder(target);
  }

  /** Brings a file to the disk. */
  static void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Brings the names in a file's folder to the disk, where the system lets folders be opened. */
  static void flushFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String address(Path file) throws IOException {
    String name = file.toAbsolutePath().toString();
    if (name.contains("?")) {
      throw new IOException("The name " + file + " holds a question mark. Choose another name.");
    }
    return SQLITE + name;
  }
}
