// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A store that nobody works on, for what changes more of it than a running bot could stand. */
final class QuietStore {

  private QuietStore() {}

  /** Returns the store at an address; refuses one that is not there. */
  static StoreUrl existing(String jdbcUrl) throws IOException {
    StoreUrl url = StoreUrl.parse(jdbcUrl);
    if (!Files.exists(url.file())) {
      throw new IOException("There is no store at " + url.file() + ". Check store.url.");
    }
    return url;
  }

  /**
   * Carries out one transaction, and signs what it appended to the timeline.
   *
   * @throws IOException when somebody works on the store, or it cannot be opened
   */
  static <T> T change(StoreUrl url, Instant now, Supplier<String> ids, Function<SqlTx, T> work)
      throws IOException {
    StoreOpening opening =
        new Opener(() -> now, ids, new Telemetry())
            .open(url.forReading().replaceFirst("\\?.*$", ""));
    if (opening instanceof StoreOpening.Refused refused) {
      throw new IOException(refused.reason());
    }
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      return store.run(tx -> work.apply((SqlTx) tx));
    }
  }

  /** Writes the file anew, so that nothing is left between what is stored now. */
  static void compact(StoreUrl url) throws IOException {
    try (Connection connection = DriverManager.getConnection(url.forReading());
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw new IOException(
          ("The words are gone from what is stored, but traces of them are left in unused parts of"
                  + " %s: %s. Make room for a second copy of it, and give the same command again.")
              .formatted(url.file(), e.getMessage()),
          e);
    }
  }

  /**
   * Takes words out of uploaded files that are plain text, such as drafts that were sent as files.
   *
   * @return those that hold the words and are something else
   */
  static List<Path> uploads(StoreUrl url, TakenOut words) throws IOException {
    List<Path> left = new ArrayList<>();
    for (Path file : files(url.files())) {
      byte[] bytes = Files.readAllBytes(file);
      String folded = TakenOut.folded(new String(bytes, StandardCharsets.UTF_8));
      boolean may = words.hints().stream().anyMatch(folded::contains);
      Optional<String> text = may ? text(bytes) : Optional.empty();
      if (text.isPresent()) {
        String clean = words.of(text.get());
        if (!clean.equals(text.get())) {
          OwnerFiles.put(file, clean);
        }
      } else if (may && words.isIn(new String(bytes, StandardCharsets.UTF_8))) {
        left.add(file);
      }
    }
    return left;
  }

  /** As {@link #uploads}, within a transaction; an {@link IOException} comes as unchecked. */
  static List<Path> uploadsWithout(StoreUrl url, TakenOut words) {
    try {
      return uploads(url, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text).filter(read -> read.indexOf('\0') < 0);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the copies of the store that were made before now and lie where they are looked for:
   * backups, beside the store and where the newest was put, what restoring and saving left, and
   * alerts that were kept aside.
   */
  static List<Path> copies(StoreUrl url) throws IOException {
    Set<Path> found = new LinkedHashSet<>(files(url.backups()));
    found.addAll(KeptBackups.known(url));
    Path folder = url.file().getParent();
    String beside = url.file().getFileName() + ".before-restore-";
    String spool = url.stem() + ".spool";
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(file -> isNamed(file, beside) || isNamed(file, spool)).forEach(found::add);
    }
    found.addAll(StorePlace.saved(url.file()));
    return List.copyOf(found);
  }

  private static boolean isNamed(Path file, String beginning) {
    return file.getFileName().toString().startsWith(beginning);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
