// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the database is, by name. When somebody deletes or moves the file of a running bot, writing
 * goes on as if nothing had happened, into a file that nobody finds again; so it is looked for
 * after each commit, and what it held is saved beside its place. One thread.
 */
final class StorePlace {

  private static final Logger LOG = LoggerFactory.getLogger(StorePlace.class);
  private static final String SAVED = ".saved-";
  private static final int MOST_SAVED = 100;

  /** Permissions are asked for this often; names at each look. */
  private static final long PERMITTED_FOR = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final Path log;
  private final Predicate<Path> writable;
  private final Object key;
  private Object logKey;
  private boolean logSeen;
  private long permittedAt = System.nanoTime();

  private StorePlace(Path file, Predicate<Path> writable) throws IOException {
    this.file = file;
    this.writable = writable;
    log = new StoreUrl(file).beside("-wal");
    key = key(file);
  }

  /** Returns where the database is. */
  StoreUrl url() {
    return new StoreUrl(file);
  }

  /** Remembers which file lies there now. */
  static StorePlace of(Path file) throws IOException {
    return new StorePlace(file, Files::isWritable);
  }

  /** As {@link #of(Path)}, for a user who may write what this says. */
  static StorePlace of(Path file, Predicate<Path> writable) throws IOException {
    return new StorePlace(file, writable);
  }

  /** Names of inodes do not come back while the file is open; some systems know none. */
  private static Object key(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file : key;
  }

  /**
   * Looks whether the file is where it was and may be written. When it is not there any more, what
   * it held is saved.
   *
   * @return why nothing may be written any more, in a sentence for an operator with the command
   *     that helps; empty when all is well
   */
  Optional<StoreFailure> trouble(Statements statements) {
    Optional<String> gone = gone();
    if (gone.isPresent()) {
      String sentence = sentence(gone.get(), save(statements));
      return Optional.of(new StoreFailure(StoreFailure.Trouble.LOST, sentence, null));
    }
    return isPermitted()
        ? Optional.empty()
        : Optional.of(
            new StoreFailure(
                StoreFailure.Trouble.BROKEN,
                "this user may no longer write "
                    + file
                    + ". Nothing of it is lost. Allow it again: chown, or chmod u+w, "
                    + file,
                null));
  }

  /** Says what happened to the file, without a full stop; empty when it is where it was. */
  private Optional<String> gone() {
    try {
      if (!key(file).equals(key)) {
        return Optional.of("another file was put in the place of " + file + " while Muster ran");
      }
      return isLogGone()
          ? Optional.of(log + " was deleted or moved away while Muster ran")
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.of(file + " was deleted or moved away while Muster ran");
    } catch (IOException e) {
      // Whoever may not even look may not write either, which is asked for next.
      return Optional.empty();
    }
  }

  /** The log is made with the first thing that is written. */
  private boolean isLogGone() throws IOException {
    if (!logSeen) {
      logSeen = Files.exists(log);
      logKey = logSeen ? key(log) : null;
      return false;
    }
    try {
      return !Objects.equals(key(log), logKey);
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private boolean isPermitted() {
    long now = System.nanoTime();
    if (now - permittedAt < PERMITTED_FOR) {
      return true;
    }
    permittedAt = now;
    return writable.test(file);
  }

  /**
   * Saves everything that the connection still holds, where a file of another name can be made.
   *
   * @return where; empty when that is not possible
   */
  private Optional<Path> save(Statements statements) {
    for (Path folder : folders(file)) {
      Optional<Path> free = free(folder);
      if (free.isPresent() && isSaved(statements, free.get())) {
        return free;
      }
    }
    return Optional.empty();
  }

  /** The store's own folder, and the one around it: a whole folder may be gone. */
  private static List<Path> folders(Path file) {
    Path own = file.getParent();
    return Stream.of(own, own.getParent()).filter(f -> f != null && Files.isDirectory(f)).toList();
  }

  /** Returns the command that puts back what was saved of a store; empty when nothing was. */
  static Optional<String> puttingBack(Path file) {
    return saved(file).stream().reduce((older, newer) -> newer).map(copy -> command(file, copy));
  }

  /** Returns the copies that were saved of a store, oldest first. */
  static List<Path> saved(Path file) {
    return folders(file).stream()
        .flatMap(folder -> saved(file, folder))
        .filter(Files::exists)
        .toList();
  }

  private static Stream<Path> saved(Path file, Path folder) {
    return IntStream.rangeClosed(1, MOST_SAVED)
        .mapToObj(number -> folder.resolve(file.getFileName() + SAVED + number));
  }

  /** A log that outlived its store would be applied to the copy. */
  private static String command(Path file, Path copy) {
    StoreUrl url = new StoreUrl(file);
    return "mkdir -p %s && rm -f %s %s && mv %s %s"
        .formatted(file.getParent(), url.beside("-wal"), url.beside("-shm"), copy, file);
  }

  private Optional<Path> free(Path folder) {
    return saved(file, folder).filter(each -> !Files.exists(each)).findFirst();
  }

  private static boolean isSaved(Statements statements, Path target) {
    try {
      OwnerFiles.create(target);
      statements.update("VACUUM INTO ?", target.toString());
      CopyFile.flush(target);
      CopyFile.flushFolder(target);
      return true;
    } catch (IOException | StoreFailure e) {
      LOG.atWarn().addKeyValue("because", e.getMessage()).log("store_not_saved");
      // A failure keeps every further statement from being run; the next folder may take the copy.
      statements.recover();
      deleteHalf(target);
      return false;
    }
  }

  /** Half a copy would mislead. */
  private static void deleteHalf(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("because", e.getMessage()).log("half_a_copy_stays");
    }
  }

  private String sentence(String trouble, Optional<Path> saved) {
    return trouble
        + saved
            .map(copy -> ". Everything it held was saved. Put it back: " + command(file, copy))
            .orElseGet(
                () ->
                    ". It could not be saved; what there is: java -jar muster.jar restore "
                        + KeptBackups.nameOf(new StoreUrl(file)));
  }
}
