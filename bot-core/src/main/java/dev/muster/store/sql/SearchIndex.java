// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.timeline.TimelineEntry;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds facts by their words in the index that follows the timeline. */
final class SearchIndex {

  private static final int MOST_FOUND = 200;

  private final Handle handle;
  private final TimelineRows rows;

  SearchIndex(Handle handle, TimelineRows rows) {
    this.handle = handle;
    this.rows = rows;
  }

  /** Newest first; nothing for text without a word in it. */
  List<TimelineEntry> find(String text, Set<Long> hidden, int limit) {
    if (limit < 1 || limit > MOST_FOUND) {
      throw new IllegalArgumentException("the limit is 1 to 200, not " + limit);
    }
    String wanted = quoted(text);
    if (wanted.isEmpty()) {
      return List.of();
    }
    String sql =
        "SELECT found.* FROM search_words s JOIN search_place l ON l.number = s.rowid JOIN ("
            + TimelineRows.SELECT
            + ") found ON found.stream = l.stream AND found.seq = l.seq"
            + " WHERE s.search_words MATCH :wanted"
            + (hidden.isEmpty() ? "" : " AND l.stream NOT IN (<hidden>)")
            + " ORDER BY s.rowid DESC LIMIT :limit";
    Query query = handle.createQuery(sql).bind("wanted", wanted).bind("limit", limit);
    if (!hidden.isEmpty()) {
      query.bindList("hidden", List.copyOf(hidden));
    }
    return query.map((row, context) -> rows.read(row)).list();
  }

  /** Takes a fact out of the index. */
  static void forget(Statements statements, long stream, long seq) {
    long number =
        statements.number(
            "SELECT number FROM search_place WHERE stream = ? AND seq = ?", stream, seq);
    if (number > 0) {
      statements.update("DELETE FROM search_words WHERE rowid = ?", number);
      statements.update("DELETE FROM search_place WHERE number = ?", number);
    }
  }

  /** Each word between quotes, so that nothing in it is read as an operator. */
  private static String quoted(String text) {
    return Arrays.stream(
            Normalizer.normalize(text, Normalizer.Form.NFC).split("[^\\p{L}\\p{N}\\p{M}\\p{Co}]+"))
        .filter(word -> !word.isEmpty())
        .map(word -> '"' + word + '"')
        .collect(Collectors.joining(" "));
  }
}
