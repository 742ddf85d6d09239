// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Tries out whether the store could be restored: compares its indexes with its tables, backs it up,
 * restores the backup into a folder of its own, opens what came of it and checks every chain.
 * Leaves nothing behind and changes nothing.
 */
public final class RestoreTrial {

  /**
   * The note that says when the store was last tried out and what came of it: an instant, a space,
   * and {@code fine} or what went wrong.
   */
  public static final String NOTE = "restore-trial";

  /** The note that holds when a trial last went well: an instant. */
  public static final String FINE_NOTE = "restore-trial-fine";

  /** A backup, what is restored from it, and what SQLite needs to make both. */
  private static final long COPIES = 3;

  private final StoreUrl url;
  private final String jdbcUrl;
  private final InstantSource clock;
  private final Path folder;

  private RestoreTrial(StoreUrl url, String jdbcUrl, InstantSource clock) {
    this.url = url;
    this.jdbcUrl = jdbcUrl;
    this.clock = clock;
    folder = url.beside(".trial");
  }

  /**
   * Tries it out, beside a running bot. Takes as long as reading and writing the store a few times.
   *
   * @param jdbcUrl the store, as in {@code jdbc:sqlite:data/muster.db}
   * @return what went wrong, a sentence; empty when the store can be restored
   */
  public static Optional<String> run(String jdbcUrl, InstantSource clock) {
    try {
      RestoreTrial trial = new RestoreTrial(StoreUrl.parse(jdbcUrl), jdbcUrl, clock);
      try {
        trial.clear();
        return trial.outcome();
      } finally {
        trial.clear();
      }
    } catch (IOException | UncheckedIOException | StoreFailure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> outcome() throws IOException {
    long needed = COPIES * url.size();
    long free = Files.getFileStore(url.file().getParent()).getUsableSpace();
    if (free < needed) {
      return Optional.of(
          "There is too little room to try it: %d MB are free, %d MB are needed."
              .formatted(free >> 20, needed >> 20));
    }
    try (StoreReader reader = StoreReader.open(jdbcUrl)) {
      Optional<String> damage = reader.deepDamage();
      if (damage.isPresent()) {
        return Optional.of(
            "An index of the store does not fit its table: "
                + damage.get()
                + ". A backup made now and restored builds it anew.");
      }
    }
    Files.createDirectories(folder);
    Path backup = folder.resolve("backup.db");
    StoreBackup.Written written = StoreBackup.write(jdbcUrl, backup, clock.instant());
    if (!written.problems().isEmpty()) {
      return Optional.of(written.problems().get(0));
    }
    String there = "jdbc:sqlite:" + folder.resolve("store").resolve("muster.db");
    StoreRestore.restore(
        there, new StoreRestore.Wish(backup, false, Optional.empty(), clock.instant()));
    return opened(there, written.contents());
  }

  private Optional<String> opened(String there, StoreContents wanted) throws IOException {
    AtomicLong ids = new AtomicLong();
    StoreOpening opening =
        SqlStore.open(there, clock, () -> "trial-" + ids.incrementAndGet(), new Telemetry());
    if (opening instanceof StoreOpening.Refused refused) {
      return Optional.of(refused.reason());
    }
    StoreContents found;
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      found = store.read(tx -> StoreContents.of(((SqlTx) tx).statements()));
    }
    if (!found.equals(wanted)) {
      return Optional.of("What was restored is not what was backed up.");
    }
    List<String> problems = ChainCheck.check(there).problems();
    return problems.stream().findFirst();
  }

  private void clear() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
