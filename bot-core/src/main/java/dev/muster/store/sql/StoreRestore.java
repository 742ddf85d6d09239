// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.incident.IncidentId;
import dev.muster.store.Tx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/**
 * Puts a backup in the place of the store, while nobody works on it. What was there is kept beside
 * it, never deleted. The bot finds a note when it starts next, so that it repeats nothing of which
 * it cannot know whether the lost time saw it done.
 */
public final class StoreRestore {

  private final StoreUrl url;
  private final Wish wish;
  private final Path draft;

  private StoreRestore(StoreUrl url, Wish wish) {
    this.url = url;
    this.wish = wish;
    draft = url.beside(".restoring");
  }

  /**
   * What somebody asks for.
   *
   * @param backup the file
   * @param replaceNewer whether a store that was written after the backup may give way
   * @param above the highest number of an incident that the lost time is known to have given
   * @param now the instant
   */
  public record Wish(Path backup, boolean replaceNewer, Optional<IncidentId> above, Instant now) {}

  /**
   * What was done.
   *
   * @param store where the backup is now
   * @param madeAt when it was made
   * @param contents what it holds
   * @param kept where the store is that was there before; empty when there was none
   * @param next the number the next incident gets
   * @param guessed whether nothing but the backup told which numbers were given
   * @param newKey whether the key that signs the timeline was lost and a new one was made
   */
  public record Restored(
      Path store,
      Instant madeAt,
      StoreContents contents,
      Optional<Path> kept,
      IncidentId next,
      boolean guessed,
      boolean newKey) {}

  /**
   * Restores.
   *
   * @param jdbcUrl the store, as in {@code jdbc:sqlite:data/muster.db}
   * @throws IOException when it was refused or did not work; the store that was there still is. The
   *     message is a sentence for an operator, with the command that mends it.
   */
  public static Restored restore(String jdbcUrl, Wish wish) throws IOException {
    try {
      return new StoreRestore(StoreUrl.parse(jdbcUrl), wish).restore();
    } catch (SQLException | StoreFailure | FlywayException e) {
      throw new IOException(
          "The backup could not be restored: " + FileTrouble.said(e) + ". The store is as it was.",
          e);
    }
  }

  private Restored restore() throws IOException, SQLException {
    try (BackupFile backup = BackupFile.open(wish.backup())) {
      ChainReport chains = backup.chains();
      if (!chains.fits()) {
        throw new IOException(
            "%s was changed after it was made: %s Name another backup."
                .formatted(wish.backup(), chains.problems().get(0)));
      }
      refuseForeignKey(backup);
      Files.createDirectories(url.file().getParent());
      Path lockFile = url.beside(".lock");
      Optional<StoreLock> lock = StoreLock.take(lockFile, wish.now());
      if (lock.isEmpty()) {
        throw new IOException(
            "%s is in use by %s. %s"
                .formatted(url.file(), StoreLock.holder(lockFile), StoreLock.stopping(lockFile)));
      }
      try (StoreLock held = lock.get()) {
        return restore(backup);
      } finally {
        deleteDraft();
      }
    }
  }

  /** The key beside the store signs on where the backup ends, so it must be the same. */
  private void refuseForeignKey(BackupFile backup) throws IOException {
    if (!Files.exists(url.key()) || backup.publicKey().isEmpty()) {
      return;
    }
    if (!ChainKey.read(url.key()).isOrWas(backup.publicKey().get())) {
      throw new IOException(
          ("%s is the backup of another Muster: another key than %s signed it. Restore it to a"
                  + " store of its own: set store.url to a new file in an empty folder.")
              .formatted(wish.backup(), url.key()));
    }
  }

  private Restored restore(BackupFile backup) throws IOException, SQLException {
    Optional<StoreContents> present = present();
    StoreContents contents = backup.contents();
    if (present.isPresent() && present.get().isNewerThan(contents) && !wish.replaceNewer()) {
      throw new IOException(
          ("%s is newer than %s: its last fact is of %s, the backup's of %s. It was left as it is."
                  + " To go back all the same: java -jar muster.jar restore %s --replace-newer")
              .formatted(
                  url.file(),
                  wish.backup(),
                  present.get().lastFact().orElseThrow(),
                  contents.lastFact().map(Instant::toString).orElse("no time"),
                  wish.backup()));
    }
    long highest =
        Math.max(
            Math.max(contents.highest(), present.map(StoreContents::highest).orElse(0L)),
            wish.above().map(IncidentId::number).orElse(0L));
    prepare(backup, highest);
    boolean newKey = keepKey(backup);
    Optional<Path> kept = setAside();
    noteHead(backup);
    CopyFile.put(draft, url.file());
    return new Restored(
        url.file(),
        backup.madeAt(),
        contents,
        kept,
        new IncidentId(highest + 1),
        present.isEmpty() && wish.above().isEmpty(),
        newKey);
  }

  /** What the store that is there holds; empty when there is none, or it cannot be read. */
  private Optional<StoreContents> present() {
    if (!Files.exists(url.file())) {
      return Optional.empty();
    }
    try (Connection connection = Connections.reader(url);
        Statements statements = new Statements(connection)) {
      return Schema.versionOf(connection) == 0
          ? Optional.empty()
          : Optional.of(StoreContents.of(statements));
    } catch (SQLException | StoreFailure e) {
      return Optional.empty();
    }
  }

  /** Makes of the backup what the bot will open. */
  private void prepare(BackupFile backup, long highest) throws IOException, SQLException {
    deleteDraft();
    OwnerFiles.create(draft);
    try (OutputStream out = Files.newOutputStream(draft, StandardOpenOption.WRITE)) {
      Files.copy(wish.backup(), out);
    }
    uploads(backup);
    try (Connection connection = CopyFile.writing(draft);
        Statements statements = new Statements(connection)) {
      statements.update("BEGIN");
      statements.update("DROP TABLE backup_about");
      statements.update("DROP TABLE backup_file");
      note(statements, Tx.RESTORED_FROM, backup.madeAt().toString());
      note(statements, SqlIncidents.FLOOR, String.valueOf(highest));
      statements.update("COMMIT");
    }
    try (Connection connection = CopyFile.reading(draft)) {
      if (Schema.versionOf(connection) == Schema.VERSION) {
        return;
      }
    }
    Schema.migrate(new StoreUrl(draft));
  }

  private static void note(Statements statements, String name, String value) {
    statements.update("INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)", name, value);
  }

  /** Puts back what people uploaded; what is there already stays. */
  private void uploads(BackupFile backup) throws IOException {
    Path folder = url.files();
    for (String path : backup.uploads()) {
      Path file = folder.resolve(path).normalize();
      if (!file.startsWith(folder)) {
        throw new IOException(wish.backup() + " holds a file that would lie outside " + folder);
      }
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(file.getFileName() + ".restoring");
        Files.write(part, backup.upload(path));
        CopyFile.put(part, file);
      }
    }
  }

  /** Returns whether a new key had to be made. */
  private boolean keepKey(BackupFile backup) throws IOException {
    if (Files.exists(url.key()) || backup.publicKey().isEmpty()) {
      return false;
    }
    ChainKey.replace(url.key(), backup.publicKey().get());
    return true;
  }

  /** Keeps the store that is there under another name, whole, and leaves no log behind. */
  private Optional<Path> setAside() throws IOException {
    String stamp = wish.now().toString().replaceAll("[-:]|\\.[0-9]+", "");
    Path kept = url.beside(".before-restore-" + stamp);
    boolean there = Files.exists(url.file());
    if (there) {
      foldLog();
      Files.createLink(kept, url.file());
    }
    // A log that outlived its store would be applied to the one that comes in its place.
    Path log = url.beside("-wal");
    if (Files.exists(log)) {
      Files.move(log, kept.resolveSibling(kept.getFileName() + "-wal"));
    }
    Files.deleteIfExists(url.beside("-shm"));
    return there ? Optional.of(kept) : Optional.empty();
  }

  /** A sound store takes its log into itself when the last connection closes. */
  private void foldLog() {
    try (Connection connection = Connections.writer(url)) {
      Connections.text(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      // A damaged one keeps its log, which is set aside beside it.
      return;
    }
  }

  /**
   * Before the store changes places: an older head fits the old store too, a newer one fits one.
   */
  private void noteHead(BackupFile backup) throws IOException {
    Optional<Checkpoints.Head> newest = backup.newestHead();
    if (newest.isPresent()) {
      Checkpoints.note(url.head(), newest.get());
    } else {
      Files.deleteIfExists(url.head());
    }
  }

  private void deleteDraft() throws IOException {
    for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
      Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + suffix));
    }
  }
}
