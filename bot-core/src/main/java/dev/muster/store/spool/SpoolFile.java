// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A file beside the store that takes bodies while there is no store, and gives them back at the
 * next start; for its owner alone. What {@link #add} accepted is on the disk. One process has it to
 * itself; any thread may add.
 */
public final class SpoolFile implements AutoCloseable {

  /** It grows no larger than the room that is held back for a full disk. */
  public static final long MOST_BYTES = 64L << 20;

  private static final String SUFFIX = ".spool";
  private static final String SET_ASIDE = ".damaged-";
  private static final int MOST_SET_ASIDE = 100;

  private final Path path;
  private final RandomAccessFile file;
  private final Object syncing = new Object();
  private final long cutOff;
  private long size;
  private long synced;
  private boolean full;
  private boolean closed;
  private IOException failure;

  /**
   * A part of the file.
   *
   * @param from its first byte, counted from 0
   * @param to the byte behind it
   */
  public record Part(long from, long to) {}

  /**
   * What was found on the way through.
   *
   * @param records how many whole records
   * @param damaged the parts that hold none any more
   */
  public record Contents(int records, List<Part> damaged) {}

  private SpoolFile(Path path, RandomAccessFile file) throws IOException {
    this.path = path;
    this.file = file;
    size = new SpoolWalk(file).each(record -> {});
    cutOff = file.length() - size;
    file.setLength(size);
  }

  /** Returns where the spool of a store lies, such as {@code muster.spool}. */
  public static Path beside(Path store) {
    String name = store.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return store.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + SUFFIX);
  }

  /**
   * Opens a spool, makes it when it is missing, and cuts off a last record that is not whole.
   *
   * @return empty when another process has it
   */
  public static Optional<SpoolFile> open(Path path) throws IOException {
    make(path);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    boolean opened = false;
    try {
      if (file.getChannel().tryLock() == null) {
        return Optional.empty();
      }
      SpoolFile spool = new SpoolFile(path, file);
      opened = true;
      return Optional.of(spool);
    } catch (OverlappingFileLockException e) {
      // This process has it open already; the caller is told like any other.
      return Optional.empty();
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private static void make(Path path) throws IOException {
    try {
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        Files.createFile(path, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createFile(path);
      }
      flushFolder(path);
    } catch (FileAlreadyExistsException e) {
      // What it holds stays; new records go behind it.
      return;
    }
  }

  /** Returns where it lies. */
  public Path path() {
    return path;
  }

  /** Returns how many bytes of a last record that was not whole were cut off. */
  public long cutOff() {
    return cutOff;
  }

  /**
   * Adds a record; on return it is on the disk. Whoever comes while the disk is at it shares the
   * next sync.
   *
   * @return false when there is no room for it; nothing is added from then on
   * @throws IOException when the disk failed; nothing is added from then on
   */
  public boolean add(SpoolRecord entry) throws IOException {
    byte[] bytes = SpoolWalk.bytes(entry);
    long end;
    synchronized (this) {
      refuseAfterFailure();
      full = full || size + bytes.length > MOST_BYTES || !isWritten(bytes);
      if (full) {
        return false;
      }
      size += bytes.length;
      end = size;
    }
    sync(end);
    return true;
  }

  /** A disk without room takes a part at most, which is taken back. */
  private boolean isWritten(byte[] bytes) throws IOException {
    try {
      file.seek(size);
      file.write(bytes);
      return true;
    } catch (IOException e) {
      file.setLength(size);
      return false;
    }
  }

  private void sync(long upTo) throws IOException {
    synchronized (syncing) {
      long covers;
      synchronized (this) {
        if (synced >= upTo) {
          return;
        }
        refuseAfterFailure();
        covers = size;
      }
      try {
        file.getFD().sync();
      } catch (IOException e) {
        fail(e);
        throw e;
      }
      reach(covers);
    }
  }

  /** After a failed sync nobody knows what of it is on the disk. */
  private synchronized void fail(IOException cause) {
    failure = cause;
  }

  private synchronized void reach(long covered) {
    synced = covered;
  }

  private void refuseAfterFailure() throws IOException {
    if (failure != null) {
      throw new IOException("the spool failed before: " + failure.getMessage(), failure);
    }
  }

  /**
   * Goes through everything it holds.
   *
   * @param taker gets every whole record, in the order they came
   */
  public synchronized Contents each(Consumer<SpoolRecord> taker) throws IOException {
    SpoolWalk walk = new SpoolWalk(file);
    walk.each(taker);
    return new Contents(walk.records(), walk.damaged());
  }

  /** Takes it away for good, when everything in it is stored elsewhere. */
  public void delete() throws IOException {
    close();
    Files.deleteIfExists(path);
    flushFolder(path);
  }

  /** Returns a name for a spool of which not everything could be read. */
  public Path freeName() throws IOException {
    return IntStream.rangeClosed(1, MOST_SET_ASIDE)
        .mapToObj(number -> aside(path, number))
        .filter(Files::notExists)
        .findFirst()
        .orElseThrow(() -> new IOException("there are too many files " + path + SET_ASIDE + "N"));
  }

  /** Gives it that name. */
  public void setAside(Path name) throws IOException {
    close();
    Files.move(path, name);
    flushFolder(path);
  }

  /** Returns the first spool that was set aside and still lies beside this one's place. */
  public static Optional<Path> firstSetAside(Path path) {
    return IntStream.rangeClosed(1, MOST_SET_ASIDE)
        .mapToObj(number -> aside(path, number))
        .filter(Files::exists)
        .findFirst();
  }

  private static Path aside(Path path, int number) {
    return path.resolveSibling(path.getFileName() + SET_ASIDE + number);
  }

  private static void flushFolder(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Takes nothing more and lets go of the file; one that holds nothing goes with it. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    full = true;
    if (size == 0) {
      Files.deleteIfExists(path);
    }
    file.close();
  }
}
