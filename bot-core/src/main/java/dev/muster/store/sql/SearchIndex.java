// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.UserRef;
import dev.muster.timeline.TimelineEntry;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds facts by their words in the index that follows the timeline. */
final class SearchIndex {

  private static final int MOST_FOUND = 200;

  /** Walks the words from the newest fact back, and reads what is returned and nothing else. */
  static final String FIND =
      "SELECT found.* FROM search_words s JOIN search_place l ON l.number = s.rowid JOIN ("
          + TimelineRows.SELECT
          + """
          ) found ON found.stream = l.stream AND found.seq = l.seq
          WHERE s.search_words MATCH ?1
            AND NOT EXISTS (SELECT 1 FROM incident i WHERE i.number = l.stream AND i.private = 1
              AND NOT EXISTS (SELECT 1 FROM incident_member m
                WHERE m.incident = i.number AND m.platform = ?2 AND m.person = ?3))
          ORDER BY s.rowid DESC LIMIT ?4
          """;

  private final Statements statements;
  private final TimelineRows rows;

  SearchIndex(Statements statements, TimelineRows rows) {
    this.statements = statements;
    this.rows = rows;
  }

  /** Newest first; nothing for text without a word in it. */
  List<TimelineEntry> find(String text, Optional<UserRef> viewer, int limit) {
    if (limit < 1 || limit > MOST_FOUND) {
      throw new IllegalArgumentException("the limit is 1 to 200, not " + limit);
    }
    String wanted = quoted(text);
    if (wanted.isEmpty()) {
      return List.of();
    }
    return statements.list(
        FIND,
        rows::read,
        wanted,
        viewer.map(UserRef::platform).orElse(""),
        viewer.map(UserRef::id).orElse(""),
        limit);
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
