// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.fill;

import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stores of a wanted size. Each is filled once, as the bot fills it, and kept; whoever needs one
 * gets a copy of his own. A store that was not filled to its end is not kept.
 */
public final class FilledStores {

  /** The file of the store in the folder that {@link #copy} fills. */
  public static final String FILE = "muster.db";

  private final Path kept;
  private final String platform;

  /**
   * @param kept the folder where filled stores are kept between runs
   * @param platform the chat platform that incidents have their channels on
   */
  public FilledStores(Path kept, String platform) {
    this.kept = kept;
    this.platform = platform;
  }

  /**
   * Puts a store of a size into a folder.
   *
   * @return the address of the store
   */
  public String copy(StoreSize size, Path folder) throws IOException, InterruptedException {
    Path filled = filled(size);
    Files.createDirectories(folder);
    try (var files = Files.list(filled)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    return "jdbc:sqlite:" + folder.resolve(FILE);
  }

  private Path filled(StoreSize size) throws IOException, InterruptedException {
    Path folder = kept.resolve(platform + "-" + size.name());
    if (Files.exists(folder)) {
      return folder;
    }
    Path draft = Files.createTempDirectory(Files.createDirectories(kept), "filling");
    try (SqlStore store = open("jdbc:sqlite:" + draft.resolve(FILE), new Numbered(0))) {
      new Filler(store, size, platform).fill();
      store.settle();
    }
    try (var files = Files.list(draft)) {
      for (Path leftover : files.filter(FilledStores::isOfTheProcess).toList()) {
        Files.delete(leftover);
      }
    }
    return Files.move(draft, folder);
  }

  /** Opens a store as the bot does; refusal ends the benchmark. */
  public static SqlStore open(String url) {
    return open(url, new Numbered(System.nanoTime()));
  }

  private static SqlStore open(String url, Numbered ids) {
    InstantSource clock = ManualClock.atNoon();
    StoreOpening opening = SqlStore.open(url, clock, ids::next, new Telemetry());
    if (opening instanceof StoreOpening.Opened opened) {
      return opened.store();
    }
    throw new IllegalStateException("the store does not open: " + opening);
  }

  private static boolean isOfTheProcess(Path file) {
    return List.of("-wal", "-shm", ".lock").stream().anyMatch(end -> file.toString().endsWith(end));
  }

  /** Identifiers in an order of their own, before all that a clock gives. */
  private static final class Numbered {
    private final AtomicLong last;

    Numbered(long after) {
      last = new AtomicLong(after);
    }

    String next() {
      return "00FILL%020d".formatted(last.incrementAndGet());
    }
  }
}
