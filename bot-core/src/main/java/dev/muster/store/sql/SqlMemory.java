// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.spi.Memory;
import dev.muster.store.Tx;
import java.util.List;
import java.util.Optional;

/** The records of one adapter; what is written goes through the one writer. */
final class SqlMemory implements Memory {

  private final SqlStore store;
  private final String platform;

  SqlMemory(SqlStore store, String platform) {
    this.store = store;
    this.platform = platform;
  }

  @Override
  public Optional<String> get(String key) {
    return store.read(tx -> rows(tx).get(platform, key));
  }

  @Override
  public void put(List<Write> writes) {
    store.run(
        tx -> {
          rows(tx).put(platform, writes);
          return true;
        });
  }

  @Override
  public List<Entry> scan(String prefix, String after, int limit) {
    return store.read(tx -> rows(tx).scan(platform, prefix, after, limit));
  }

  @Override
  public boolean putIfAbsent(List<String> onlyIfAbsent, List<Write> writes) {
    return store.run(
        tx -> {
          MemoryRows rows = rows(tx);
          if (onlyIfAbsent.stream().anyMatch(key -> rows.get(platform, key).isPresent())) {
            return false;
          }
          rows.put(platform, writes);
          return true;
        });
  }

  private static MemoryRows rows(Tx tx) {
    return ((SqlTx) tx).memory();
  }
}
