// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
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

  private static final String SUFFIX = ".db";

  /** A store whose chains do not fit is copied all the same, under a name that says so. */
  private static final String SUSPECT = SUFFIX + ".suspect";

  private static final String WRITING = SUFFIX + ".writing";

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
   * little room, some more of them. One with problems gets a name that ends in {@code .suspect}, is
   * no backup for anybody here, and takes the place of the one before it.
   *
   * @param jdbcUrl the store; only read; files of other stores in the folder are left alone
   * @param folder where to; it is made when it is missing
   * @throws IOException when it could not be written; the message is a sentence for an operator
   */
  public static StoreBackup.Written write(String jdbcUrl, Path folder, Keep keep, Instant now)
      throws IOException {
    try {
      return writeOneMore(jdbcUrl, folder, keep, now);
    } catch (FileSystemException e) {
      throw new IOException(FileTrouble.said(e) + ".", e);
    } catch (UncheckedIOException e) {
      throw new IOException(FileTrouble.said(e.getCause()) + ".", e);
    }
  }

  private static StoreBackup.Written writeOneMore(
      String jdbcUrl, Path folder, Keep keep, Instant now) throws IOException {
    StoreUrl url = StoreUrl.parse(jdbcUrl);
    OwnerFiles.folder(folder);
    delete(named("." + url.stem(), folder, WRITING));
    delete(named("." + url.stem(), folder, WRITING + StoreBackup.JOURNAL));
    makeRoom(url, folder);
    Path file = folder.resolve(url.stem() + "-" + STAMP.format(now) + SUFFIX);
    Path suspect = folder.resolve(url.stem() + "-" + STAMP.format(now) + SUSPECT);
    StoreBackup.Written written = StoreBackup.write(jdbcUrl, file, suspect, now);
    if (!written.problems().isEmpty()) {
      List<Path> before = new ArrayList<>(named(url.stem(), folder, SUSPECT));
      before.remove(suspect);
      delete(before);
      return written;
    }
    note(url, file);
    List<Path> old = all(url, folder).stream().filter(each -> !isAfter(each, now)).toList();
    Set<Path> kept = kept(old, keep);
    kept.add(file);
    delete(old.stream().filter(each -> !kept.contains(each)).toList());
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

  private static void delete(List<Path> files) throws IOException {
    for (Path each : files) {
      Files.deleteIfExists(each);
    }
  }

  /**
   * When the newest of a store in a folder was made; empty when there is none. Those that a wrong
   * clock stamped later than now do not count.
   */
  public static Optional<Instant> newest(String jdbcUrl, Path folder, Instant now)
      throws IOException {
    return all(StoreUrl.parse(jdbcUrl), folder).stream()
        .filter(file -> !isAfter(file, now))
        .findFirst()
        .flatMap(KeptBackups::madeAt);
  }

  private static boolean isAfter(Path file, Instant now) {
    return madeAt(file).filter(at -> at.isAfter(now)).isPresent();
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
      Optional<Path> noted = noted(url);
      if (noted.isPresent()) {
        found.add(noted.get());
        found.addAll(all(url, noted.get().toAbsolutePath().getParent()));
      }
      found.addAll(all(url, url.backups()));
    } catch (IOException e) {
      // What was found until here is looked at.
      found.remove(url.file());
    }
    return found.stream().limit(MOST_TRIED).filter(KeptBackups::isSound).findFirst();
  }

  /** Returns the newest backup that was noted, and those that lie beside it. */
  static List<Path> known(StoreUrl url) throws IOException {
    Optional<Path> noted = noted(url).filter(Files::exists);
    if (noted.isEmpty()) {
      return List.of();
    }
    Path folder = noted.get().toAbsolutePath().getParent();
    List<Path> known = new ArrayList<>(List.of(noted.get()));
    known.addAll(all(url, folder));
    known.addAll(named(url.stem(), folder, SUSPECT));
    return known;
  }

  private static Optional<Path> noted(StoreUrl url) throws IOException {
    Path note = url.newestBackup();
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(Files.readString(note, StandardCharsets.UTF_8).strip()));
    } catch (InvalidPathException e) {
      // A note that names nothing is none.
      return Optional.empty();
    }
  }

  private static boolean isSound(Path file) {
    try (BackupFile opened = BackupFile.open(file)) {
      return opened.madeAt().isAfter(Instant.EPOCH);
    } catch (IOException | StoreFailure e) {
      return false;
    }
  }

  /** All backups of a store in a folder, newest first. */
  private static List<Path> all(StoreUrl url, Path folder) throws IOException {
    return named(url.stem(), folder, SUFFIX);
  }

  /** Files whose names are a beginning, the time and an end; newest first. */
  private static List<Path> named(String beginning, Path folder, String end) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> isNamed(file.getFileName().toString(), beginning + "-", end))
          .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
          .toList();
    }
  }

  private static boolean isNamed(String name, String beginning, String end) {
    return name.startsWith(beginning)
        && name.endsWith(end)
        && name.length() > beginning.length() + end.length()
        && stamp(name.substring(beginning.length(), name.length() - end.length())).isPresent();
  }

  private static Optional<Instant> madeAt(Path file) {
    String name = file.getFileName().toString();
    return stamp(name.substring(name.lastIndexOf('-') + 1, name.length() - SUFFIX.length()));
  }

  private static Optional<Instant> stamp(String text) {
    try {
      return Optional.of(STAMP.parse(text, Instant::from));
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
    delete(enough(spare(url, folder), needed - disk.getUsableSpace()));
    long free = disk.getUsableSpace();
    if (free < needed) {
      throw new IOException(
          "There is too little room in %s: %d MB are free, %d MB are needed."
              .formatted(folder, free >> 20, (needed >> 20) + 1));
    }
  }

  /** Those that may go when there is too little room, the first to go first. */
  static List<Path> spare(StoreUrl url, Path folder) throws IOException {
    List<Path> spare = new ArrayList<>(named(url.stem(), folder, SUSPECT));
    List<Path> backups = all(url, folder);
    Path newest = noted(url).orElse(url.file());
    for (int i = backups.size() - 1; i >= LEAST; i--) {
      if (!backups.get(i).toAbsolutePath().equals(newest)) {
        spare.add(backups.get(i));
      }
    }
    return spare;
  }

  /** Returns the first of them that make so much room; none when all of them do not. */
  static List<Path> enough(List<Path> spare, long lacking) throws IOException {
    long won = 0;
    int count = 0;
    while (won < lacking && count < spare.size()) {
      won += Files.size(spare.get(count++));
    }
    return won < lacking ? List.of() : spare.subList(0, count);
  }
}
