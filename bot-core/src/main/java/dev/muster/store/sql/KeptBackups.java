// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Backups that stay in a folder: their names say when they were made, and of the older ones a few
 * are kept. Beside the store a file names the newest, so that it is found when the store cannot be
 * read any more.
 */
public final class KeptBackups {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final String PREFIX = "muster-";
  private static final String SUFFIX = ".db";

  /** However little room there is, so many stay. */
  private static final int LEAST = 2;

  /** Looking through more than these would take too long at a start that fails. */
  private static final int MOST_TRIED = 5;

  private KeptBackups() {}

  /**
   * How many are kept: the newest of so many hours, days and weeks in which there was one.
   *
   * @param hourly at least 1
   */
  public record Keep(int hourly, int daily, int weekly) {}

  /**
   * Writes one more and clears away those that need not be kept, oldest first; when there is too
   * little room, some more of them.
   *
   * @param jdbcUrl the store; only read
   * @param folder where to; it is made when it is missing
   * @throws IOException when it could not be written; the message is a sentence for an operator
   */
  public static StoreBackup.Written write(String jdbcUrl, Path folder, Keep keep, Instant now)
      throws IOException {
    StoreUrl url = StoreUrl.parse(jdbcUrl);
    OwnerFiles.folder(folder);
    makeRoom(url, folder);
    Path file = folder.resolve(PREFIX + STAMP.format(now) + SUFFIX);
    StoreBackup.Written written = StoreBackup.write(jdbcUrl, file, now);
    if (!written.problems().isEmpty()) {
      // It says what is wrong, and the sound ones before it stay.
      return written;
    }
    note(url, file);
    Set<Path> kept = kept(all(folder), keep);
    for (Path each : all(folder)) {
      if (!kept.contains(each)) {
        Files.deleteIfExists(each);
      }
    }
    return written;
  }

  /** Notes a backup that somebody made by hand, where this user may write. */
  public static void made(String jdbcUrl, Path file) {
    try {
      note(StoreUrl.parse(jdbcUrl), file);
    } catch (IOException e) {
      // The backup is whole; only messages about a broken store will not name it.
      return;
    }
  }

  private static void note(StoreUrl url, Path file) throws IOException {
    OwnerFiles.put(url.newestBackup(), file.toAbsolutePath() + "\n");
  }

  /** When the newest in a folder was made; empty when there is none. */
  public static Optional<Instant> newest(Path folder) throws IOException {
    return all(folder).stream().findFirst().flatMap(KeptBackups::madeAt);
  }

  /**
   * Writes a backup of a store whose tables are about to be changed; the last few of these stay.
   */
  static Path beforeMigration(StoreUrl url, InstantSource clock) throws IOException {
    Path folder = url.backups().resolve("before-new-tables");
    return write(
            url.forReading().replaceFirst("\\?.*$", ""), folder, new Keep(3, 0, 0), clock.instant())
        .file();
  }

  /** The sentence with the command that mends a damaged store, by its newest sound backup. */
  public static String putBack(Path store) {
    return "Put the newest good backup in its place, the damaged file is kept beside it: "
        + "java -jar muster.jar restore "
        + nameOf(new StoreUrl(store));
  }

  static String nameOf(StoreUrl url) {
    return newestGood(url).map(Path::toString).orElse("FILE");
  }

  /** Returns the newest sound backup of a store, as far as one can be found. */
  static Optional<Path> newestGood(StoreUrl url) {
    Set<Path> found = new LinkedHashSet<>();
    try {
      Path noted = url.newestBackup();
      if (Files.exists(noted)) {
        Path file = Path.of(Files.readString(noted, StandardCharsets.UTF_8).strip());
        found.add(file);
        found.addAll(all(file.toAbsolutePath().getParent()));
      }
      found.addAll(all(url.backups()));
    } catch (IOException | InvalidPathException e) {
      // What was found until here is looked at.
      found.remove(url.file());
    }
    return found.stream().limit(MOST_TRIED).filter(KeptBackups::isSound).findFirst();
  }

  private static boolean isSound(Path file) {
    try (BackupFile opened = BackupFile.open(file)) {
      return opened.madeAt().isAfter(Instant.EPOCH);
    } catch (IOException | StoreFailure e) {
      return false;
    }
  }

  /** All of a folder, newest first. */
  private static List<Path> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> madeAt(file).isPresent())
          .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
          .toList();
    }
  }

  private static Optional<Instant> madeAt(Path file) {
    String name = file.getFileName().toString();
    if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      String stamp = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
      return Optional.of(STAMP.parse(stamp, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns which are kept.
   *
   * @param files newest first
   */
  static Set<Path> kept(List<Path> files, Keep keep) {
    Set<Path> kept = new HashSet<>();
    newestOfEach(files, keep.hourly(), at -> at.truncatedTo(ChronoUnit.HOURS), kept);
    newestOfEach(files, keep.daily(), at -> at.truncatedTo(ChronoUnit.DAYS), kept);
    newestOfEach(files, keep.weekly(), KeptBackups::week, kept);
    return kept;
  }

  private static void newestOfEach(
      List<Path> files, int most, Function<Instant, Object> span, Set<Path> kept) {
    Set<Object> spans = new HashSet<>();
    for (Path file : files) {
      if (spans.size() < most && spans.add(span.apply(madeAt(file).orElseThrow()))) {
        kept.add(file);
      }
    }
  }

  private static Object week(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    return day.get(IsoFields.WEEK_BASED_YEAR) * 100 + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  /** A backup and the room SQLite needs to make it must not fill the disk. */
  private static void makeRoom(StoreUrl url, Path folder) throws IOException {
    FileStore disk = Files.getFileStore(folder);
    long needed = 2 * url.size() + Math.min(disk.getTotalSpace() / 20, 1L << 30);
    List<Path> oldestLast = new ArrayList<>(all(folder));
    while (disk.getUsableSpace() < needed && oldestLast.size() > LEAST) {
      Files.deleteIfExists(oldestLast.remove(oldestLast.size() - 1));
    }
    long free = disk.getUsableSpace();
    if (free < needed) {
      throw new IOException(
          "There is too little room in %s: %d MB are free, %d MB are needed."
              .formatted(folder, free >> 20, (needed >> 20) + 1));
    }
  }
}
