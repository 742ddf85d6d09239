// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the whole store into one file, while the bot goes on: a SQLite database that holds, beside
 * the tables, what people uploaded and the public part of the key that signs the timeline. The
 * private part stays where it is. The file appears complete and checked, or not at all.
 */
public final class StoreBackup {

  /** What SQLite calls the file that undoes what was not finished. */
  static final String JOURNAL = "-journal";

  private StoreBackup() {}

  /**
   * What was written.
   *
   * @param file where
   * @param bytes how large it is
   * @param contents what it holds
   * @param uploads how many uploaded files are in it
   * @param problems what does not fit the timeline's chains, in the store as in the copy; empty
   *     when everything fits
   */
  public record Written(
      Path file, long bytes, StoreContents contents, int uploads, List<String> problems) {}

  /**
   * Writes a backup.
   *
   * @param jdbcUrl the store, as in {@code jdbc:sqlite:data/muster.db}; only read
   * @param target where to; an older backup of the same store is replaced, nothing else
   * @throws IOException when it cannot be written; the message is a sentence for an operator
   */
  public static Written write(String jdbcUrl, Path target, Instant now) throws IOException {
    return write(jdbcUrl, target, target, now);
  }

  /** As {@link #write(String, Path, Instant)}; one with problems gets another name. */
  static Written write(String jdbcUrl, Path target, Path suspect, Instant now) throws IOException {
    StoreUrl url = StoreUrl.parse(jdbcUrl);
    Path whole = target.toAbsolutePath();
    if (!Files.isDirectory(whole.getParent())) {
      throw new IOException(
          "There is no folder " + whole.getParent() + ". Make it: mkdir -p " + whole.getParent());
    }
    Optional<String> key =
        Files.exists(url.key())
            ? Optional.of(ChainKey.read(url.key()).publicText())
            : Optional.empty();
    Path draft = whole.resolveSibling("." + whole.getFileName() + ".writing");
    remove(draft);
    try (StoreReader reader = StoreReader.openToCopy(jdbcUrl)) {
      refuseToReplace(whole, key, reader.read(tx -> StoreContents.of(((SqlTx) tx).statements())));
      reader.copyTo(draft);
      int uploads = complete(draft, url, key, now);
      return put(draft, whole, suspect.toAbsolutePath(), uploads);
    } catch (SQLException | StoreFailure e) {
      throw new IOException("The backup could not be written: " + FileTrouble.said(e) + ".", e);
    } finally {
      remove(draft);
    }
  }

  /** A journal that stayed would be applied to the next file of that name. */
  private static void remove(Path draft) throws IOException {
    Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + JOURNAL));
    Files.deleteIfExists(draft);
  }

  /** Only an older backup of this very store may give way. */
  private static void refuseToReplace(Path target, Optional<String> key, StoreContents ours)
      throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    boolean sameStore;
    boolean newer;
    try (BackupFile there = BackupFile.open(target)) {
      sameStore = key.isPresent() && there.publicKey().equals(key);
      newer = there.contents().isNewerThan(ours);
    } catch (IOException e) {
      throw new IOException(
          target + " exists and is no sound backup. It was left as it is; name a new file.", e);
    }
    if (!sameStore || newer) {
      throw new IOException(
          target
              + (sameStore ? " is newer than the store" : " is the backup of another Muster")
              + ". It was left as it is; name a new file.");
    }
  }

  /** Adds what a restore needs; returns how many uploads there are. */
  private static int complete(Path draft, StoreUrl url, Optional<String> key, Instant now)
      throws IOException, SQLException {
    try (Connection connection = CopyFile.writing(draft);
        Statements statements = new Statements(connection)) {
      for (String table : BackupFile.TABLES) {
        statements.update(table);
      }
      about(statements, BackupFile.MADE_AT, String.valueOf(Micros.of(now)));
      key.ifPresent(text -> about(statements, BackupFile.PUBLIC_KEY, text));
      return uploads(statements, url.files());
    }
  }

  private static void about(Statements statements, String name, String value) {
    statements.update("INSERT INTO backup_about (name, value) VALUES (?, ?)", name, value);
  }

  private static int uploads(Statements statements, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    statements.update("BEGIN");
    for (Path file : files) {
      statements.update(
          "INSERT INTO backup_file (path, content) VALUES (?, ?)",
          folder.relativize(file).toString().replace('\\', '/'),
          Files.readAllBytes(file));
    }
    statements.update("COMMIT");
    return files.size();
  }

  private static Written put(Path draft, Path whole, Path suspect, int uploads) throws IOException {
    StoreContents contents;
    List<String> problems;
    try (BackupFile written = BackupFile.open(draft)) {
      contents = written.contents();
      problems = written.chains().problems();
    }
    Path target = problems.isEmpty() ? whole : suspect;
    CopyFile.put(draft, target);
    return new Written(target, Files.size(target), contents, uploads, problems);
  }
}
