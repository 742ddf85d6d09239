// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.spi.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of one adapter, read from a store that somebody else writes; own writes lie over them
 * and are forgotten with this object.
 */
final class SketchMemory implements Memory {

  private static final int MOST_READ = 1_000;

  private final Optional<StoreReader> store;
  private final String platform;
  private final Map<String, Optional<String>> written = new HashMap<>();

  SketchMemory(Optional<StoreReader> store, String platform) {
    this.store = store;
    this.platform = platform;
  }

  @Override
  public synchronized Optional<String> get(String key) {
    Optional<String> own = written.getOrDefault(key, Optional.empty());
    return written.containsKey(key)
        ? own
        : store.flatMap(s -> s.read(tx -> ((SqlTx) tx).memory().get(platform, key)));
  }

  @Override
  public synchronized void put(List<Write> writes) {
    writes.forEach(write -> written.put(write.key(), write.value()));
  }

  @Override
  public synchronized List<Entry> scan(String prefix, String after, int limit) {
    List<Entry> found = new ArrayList<>();
    store
        .map(s -> s.read(tx -> ((SqlTx) tx).memory().scan(platform, prefix, after, MOST_READ)))
        .orElse(List.of())
        .forEach(
            entry -> {
              if (!written.containsKey(entry.key())) {
                found.add(entry);
              }
            });
    written.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && key.compareTo(after) > 0) {
            value.ifPresent(text -> found.add(new Entry(key, text)));
          }
        });
    found.sort(Comparator.comparing(Entry::key));
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }

  @Override
  public synchronized boolean putIfAbsent(List<String> onlyIfAbsent, List<Write> writes) {
    if (onlyIfAbsent.stream().anyMatch(key -> get(key).isPresent())) {
      return false;
    }
    put(writes);
    return true;
  }
}
