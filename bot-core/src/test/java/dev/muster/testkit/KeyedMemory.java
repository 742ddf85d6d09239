// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.chat.spi.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** An adapter's records kept in memory; fails like a broken disk when told to. Thread-safe. */
public final class KeyedMemory implements Memory {

  private final TreeMap<String, String> records = new TreeMap<>(KeyedMemory::byBytes);
  private boolean failBefore;
  private boolean failAfter;
  private long scanned;

  /** Lets the next write fail before it is done. */
  public synchronized void failBeforeNextWrite() {
    failBefore = true;
  }

  /** Lets the next write be done and then fail. */
  public synchronized void failAfterNextWrite() {
    failAfter = true;
  }

  @Override
  public synchronized Optional<String> get(String key) {
    return Optional.ofNullable(records.get(key));
  }

  @Override
  public synchronized void put(List<Write> writes) {
    putIfAbsent(List.of(), writes);
  }

  @Override
  public synchronized boolean putIfAbsent(List<String> onlyIfAbsent, List<Write> writes) {
    if (failBefore) {
      failBefore = false;
      throw new IllegalStateException("the disk did not take the write");
    }
    if (onlyIfAbsent.stream().anyMatch(records::containsKey)) {
      return false;
    }
    for (Write write : writes) {
      write
          .value()
          .ifPresentOrElse(
              value -> records.put(write.key(), value), () -> records.remove(write.key()));
    }
    if (failAfter) {
      failAfter = false;
      throw new IllegalStateException("the disk did not say whether it took the write");
    }
    return true;
  }

  /** Returns how many records were handed out by {@code scan} so far. */
  public synchronized long scanned() {
    return scanned;
  }

  @Override
  public synchronized List<Entry> scan(String prefix, String after, int limit) {
    List<Entry> found = found(prefix, after, limit);
    scanned += found.size();
    return found;
  }

  private List<Entry> found(String prefix, String after, int limit) {
    String from = byBytes(prefix, after) > 0 ? prefix : after;
    return records.tailMap(from, true).entrySet().stream()
        .filter(e -> byBytes(e.getKey(), after) > 0)
        .takeWhile(e -> e.getKey().startsWith(prefix))
        .limit(limit)
        .map(e -> new Entry(e.getKey(), e.getValue()))
        .toList();
  }

  private static int byBytes(String left, String right) {
    return Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
  }
}
