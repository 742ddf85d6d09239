// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.util.List;
import java.util.Optional;

/**
 * Small keyed records of one adapter in the main store. Keys are ordered as text by their UTF-8
 * bytes. Every method blocks until its answer is durable or read; any thread may call.
 */
public interface Memory {

  /** Returns the record of that key. */
  Optional<String> get(String key);

  /** Writes all records in one transaction. */
  void put(List<Write> writes);

  /**
   * Returns up to {@code limit} records whose key begins with {@code prefix} and is greater than
   * {@code after}, in ascending order of keys.
   *
   * @param after exclusive lower bound; empty for the beginning
   * @param limit 1 to 1,000
   */
  List<Entry> scan(String prefix, String after, int limit);

  /**
   * Writes all records in one transaction, unless one of the keys of {@code onlyIfAbsent} exists.
   *
   * @return whether they were written
   */
  boolean putIfAbsent(List<String> onlyIfAbsent, List<Write> writes);

  /**
   * One record to write.
   *
   * @param key at most 500 characters
   * @param value at most 1 MiB; empty Optional removes the record
   */
  record Write(String key, Optional<String> value) {
    /** Returns a write of a value. */
    public static Write of(String key, String value) {
      return new Write(key, Optional.of(value));
    }

    /** Returns a removal. */
    public static Write remove(String key) {
      return new Write(key, Optional.empty());
    }
  }

  /**
   * One record as read.
   *
   * @param key its key
   * @param value its value
   */
  record Entry(String key, String value) {}
}
