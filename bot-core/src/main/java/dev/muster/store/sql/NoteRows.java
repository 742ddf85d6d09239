// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Small values in the table {@code note}. Each message asks for the same few, of which most are
 * absent, so the writer remembers what it was asked for lately, absence included.
 */
final class NoteRows {

  private static final String KEEP =
      "INSERT INTO note (name, value) VALUES (?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
  private static final String PAGE =
      "SELECT name, value FROM note WHERE name > ? ORDER BY name LIMIT ?";

  static final int MOST_REMEMBERED = 1_000;

  /** Looked through at each write, so they are few. */
  private static final int MOST_FIRSTS = 50;

  /** A longer value is read each time. */
  static final int LONGEST_REMEMBERED = 1_000;

  private final Statements statements;
  private final boolean remembers;
  private final Map<String, Optional<String>> values = latest(MOST_REMEMBERED);
  private final Map<String, SortedMap<String, String>> firsts = latest(MOST_FIRSTS);

  NoteRows(Statements statements, boolean remembers) {
    this.statements = statements;
    this.remembers = remembers;
  }

  /** Forgets what was remembered, because some of it was rolled back. */
  void forget() {
    values.clear();
    firsts.clear();
  }

  Optional<String> get(String name) {
    Optional<String> known = values.get(name);
    if (known != null) {
      return known;
    }
    Optional<String> stored =
        statements.first("SELECT value FROM note WHERE name = ?", row -> row.getString(1), name);
    if (remembers && isShort(stored.orElse(""))) {
      values.put(name, stored);
    }
    return stored;
  }

  void keep(String name, String value) {
    forget(name);
    statements.update(KEEP, name, value);
  }

  void drop(String name) {
    forget(name);
    statements.update("DELETE FROM note WHERE name = ?", name);
  }

  /** The first one behind a name is what most ask for, to see that there is none of a kind. */
  SortedMap<String, String> page(String after, int limit) {
    SortedMap<String, String> known = limit == 1 ? firsts.get(after) : null;
    if (known != null) {
      return new TreeMap<>(known);
    }
    SortedMap<String, String> page = new TreeMap<>();
    statements.list(PAGE, row -> page.put(row.getString(1), row.getString(2)), after, limit);
    if (remembers && limit == 1 && page.values().stream().allMatch(NoteRows::isShort)) {
      firsts.put(after, new TreeMap<>(page));
    }
    return page;
  }

  private void forget(String name) {
    values.remove(name);
    firsts.entrySet().removeIf(first -> isTouched(first.getKey(), first.getValue(), name));
  }

  /** Whether what is first behind {@code after} may be another once {@code name} is written. */
  private static boolean isTouched(String after, SortedMap<String, String> first, String name) {
    return compare(name, after) > 0 && (first.isEmpty() || compare(name, first.firstKey()) <= 0);
  }

  /** As SQLite orders names, which is not the order of Java's strings beyond the first plane. */
  private static int compare(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isShort(String value) {
    return value.length() <= LONGEST_REMEMBERED;
  }

  /** Drops what was not asked for longest, so that names asked for once push out no others. */
  private static <V> Map<String, V> latest(int most) {
    return new LinkedHashMap<>(64, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }
}
