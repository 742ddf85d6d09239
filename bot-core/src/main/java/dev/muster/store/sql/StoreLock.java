// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to write one database file, held by one process. The operating system frees it when the
 * process dies, however it dies; the text in the file says who holds it.
 */
final class StoreLock implements AutoCloseable {

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private static final Pattern PROCESS = Pattern.compile("process ([0-9]+) on ");

  private final FileChannel channel;
  private final FileLock lock;

  private StoreLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the lock; empty when somebody else holds it. */
  static Optional<StoreLock> take(Path file, Instant now) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        write(channel, now);
        return Optional.of(new StoreLock(channel, lock));
      }
    } catch (OverlappingFileLockException e) {
      // This process holds it already; the caller is told like any other.
    }
    channel.close();
    return Optional.empty();
  }

  /** Returns who holds it, as far as the file says. */
  static String holder(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? "another process" : text;
    } catch (IOException e) {
      return "another process";
    }
  }

  /** Returns how to end who holds it, as far as the file says; a sentence. */
  static String stopping(Path file) {
    Matcher process = PROCESS.matcher(holder(file));
    return process.find() ? "Stop it first: kill " + process.group(1) : "Stop that one first";
  }

  @Override
  public void close() throws IOException {
    channel.truncate(0);
    lock.release();
    channel.close();
  }

  private static void write(FileChannel channel, Instant now) throws IOException {
    String text =
        "process %d on %s since %s%n"
            .formatted(ProcessHandle.current().pid(), host(), now.truncatedTo(ChronoUnit.SECONDS));
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String host() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return "this machine";
    }
  }
}
