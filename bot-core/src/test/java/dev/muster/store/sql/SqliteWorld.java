// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.spi.Memory;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.StoreWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Stores in files of a folder; a crash leaves a copy of the files as they are. */
final class SqliteWorld implements StoreWorld {

  private final Path folder;
  private final AtomicLong ids = new AtomicLong();
  private final List<SqlStore> left = new ArrayList<>();
  private Path current;
  private SqlStore open;

  SqliteWorld(Path folder) {
    this.folder = folder;
    this.current = folder.resolve("life-0");
  }

  @Override
  public synchronized SqlStore store() {
    if (open == null) {
      open = opened(file());
    }
    return open;
  }

  @Override
  public Memory memory(String platform) {
    return store().memory(platform);
  }

  @Override
  public void stop() {
    store().close();
    open = null;
  }

  @Override
  public void crash() {
    Path next = folder.resolve("life-" + (left.size() + 1));
    try {
      Files.createDirectories(next);
      for (String name : List.of("muster.db", "muster.db-wal", "muster.key", "muster.head")) {
        if (Files.exists(current.resolve(name))) {
          Files.copy(current.resolve(name), next.resolve(name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    left.add(open);
    open = null;
    current = next;
  }

  @Override
  public void settle() {
    try {
      store().settle();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    left.forEach(SqlStore::close);
    if (open != null) {
      open.close();
    }
  }

  Path file() {
    return current.resolve("muster.db");
  }

  String nextId() {
    return "id-%09d".formatted(ids.incrementAndGet());
  }

  private SqlStore opened(Path file) {
    EmptyStore.copyTo(file);
    StoreOpening opening =
        SqlStore.open("jdbc:sqlite:" + file, ManualClock.atNoon(), this::nextId, new Telemetry());
    if (opening instanceof StoreOpening.Opened opened) {
      return opened.store();
    }
    throw new IllegalStateException(opening.toString());
  }
}
