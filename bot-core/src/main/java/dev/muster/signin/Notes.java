// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin;

import dev.muster.store.Tx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** Reads the small values of the store whose names begin alike. */
final class Notes {

  private static final int PAGE = 500;

  private Notes() {}

  /** Returns what stands below a prefix, by what follows the prefix. */
  static Map<String, String> below(Tx tx, String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    String after = prefix;
    while (true) {
      SortedMap<String, String> page = tx.notes(after, PAGE);
      for (Map.Entry<String, String> note : page.entrySet()) {
        if (!note.getKey().startsWith(prefix)) {
          return found;
        }
        found.put(note.getKey().substring(prefix.length()), note.getValue());
      }
      if (page.size() < PAGE) {
        return found;
      }
      after = page.lastKey();
    }
  }
}
