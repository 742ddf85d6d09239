// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.spi.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Records of adapters in the table {@code memory}; within one transaction. */
final class MemoryRows {

  private static final int LONGEST_KEY = 500;
  private static final int LARGEST_VALUE = 1 << 20;
  private static final String PUT =
      """
      INSERT INTO memory (platform, name, value) VALUES (?, ?, ?)
      ON CONFLICT (platform, name) DO UPDATE SET value = excluded.value
      """;

  /** With two lower bounds SQLite begins at the first of them, however far the other one is. */
  private static final String SCAN =
      """
      SELECT name, value FROM memory
      WHERE platform = ? AND name %s ? AND name < ? ORDER BY name LIMIT ?
      """;

  static final String FROM = SCAN.formatted(">=");
  static final String AFTER = SCAN.formatted(">");

  private final Statements statements;

  MemoryRows(Statements statements) {
    this.statements = statements;
  }

  Optional<String> get(String platform, String key) {
    return statements.first(
        "SELECT value FROM memory WHERE platform = ? AND name = ?",
        row -> row.getString(1),
        platform,
        bytes(key));
  }

  void put(String platform, List<Memory.Write> writes) {
    for (Memory.Write write : writes) {
      check(write);
      if (write.value().isPresent()) {
        statements.update(PUT, platform, bytes(write.key()), write.value().get());
      } else {
        statements.update(
            "DELETE FROM memory WHERE platform = ? AND name = ?", platform, bytes(write.key()));
      }
    }
  }

  List<Memory.Entry> scan(String platform, String prefix, String after, int limit) {
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("the limit is 1 to 1,000, not " + limit);
    }
    boolean fromTheFirst = Arrays.compareUnsigned(bytes(after), bytes(prefix)) < 0;
    return statements.list(
        fromTheFirst ? FROM : AFTER,
        row ->
            new Memory.Entry(new String(row.getBytes(1), StandardCharsets.UTF_8), row.getString(2)),
        platform,
        bytes(fromTheFirst ? prefix : after),
        justBehind(prefix),
        limit);
  }

  /** The first name that no name with this prefix reaches; UTF-8 never uses the byte 0xff. */
  private static byte[] justBehind(String prefix) {
    byte[] bound = bytes(prefix);
    if (bound.length == 0) {
      return new byte[] {(byte) 0xff};
    }
    bound[bound.length - 1]++;
    return bound;
  }

  private static void check(Memory.Write write) {
    if (write.key().isEmpty() || write.key().length() > LONGEST_KEY) {
      throw new IllegalArgumentException("a key has 1 to 500 characters");
    }
    if (write.value().map(MemoryRows::bytes).filter(v -> v.length > LARGEST_VALUE).isPresent()) {
      throw new IllegalArgumentException("a value has at most 1 MiB");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
