// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.timeline.Stream;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the search index behind the timeline, a few facts at a time. What each unit of work adds
 * is a part of the index by itself, and parts are merged to larger ones so that there are never
 * many. The index would do that by itself, hundreds of pages in one commit once it is large, for
 * which everybody waits; so that is turned off, and each unit merges a few pages more.
 */
final class SearchFeed {

  /** How many facts are indexed in one unit of work, at most. */
  static final int AT_ONCE = 200;

  /**
   * Characters of those facts; the one that goes beyond is the last. Of a pasted log, which may
   * have as many by itself, each takes the writer as long as one of two hundred sentences.
   */
  static final int CHARACTERS_AT_ONCE = 40_000;

  /** Pages; parts of a few facts fill one page, which is merged some six times. */
  private static final int MERGED_AT_ONCE = 16;

  /** A large part fills pages by the length of what it indexes. */
  private static final int CHARACTERS_PER_MERGED_PAGE = 1_000;

  private static final String MERGES_WHEN_TOLD =
      "SELECT count(*) FROM search_words_config WHERE k = 'automerge' AND v = 0";
  private static final String MERGE_WHEN_TOLD =
      "INSERT INTO search_words (search_words, rank) VALUES ('automerge', 0)";

  /** Goes on where the last one ended; nothing while there are few parts of a size. */
  private static final String MERGE =
      "INSERT INTO search_words (search_words, rank) VALUES ('merge', ?)";

  private static final String NEXT =
      """
      SELECT w.seq, t.at, w.text || ' ' || w.reason || ' ' || w.actor_name
      FROM timeline_words w JOIN timeline t ON t.stream = w.stream AND t.seq = w.seq
      WHERE w.stream = ? AND w.seq > ? ORDER BY w.seq LIMIT ?
      """;

  /** Numbers are times, so that the newest fact is the first one found; equal times count up. */
  private static final String FREE =
      """
      SELECT coalesce(max(number) + 1, ?) FROM search_place
      WHERE number >= ? AND number <= ? + 100000
      """;

  private static final String BEHIND =
      """
      SELECT t.stream, max(t.seq) FROM timeline t LEFT JOIN search_mark m ON m.stream = t.stream
      WHERE t.stream > 0 GROUP BY t.stream HAVING max(t.seq) > coalesce(m.seq, 0)
      """;

  private static final String MARK =
      """
      INSERT INTO search_mark (stream, seq) VALUES (?, ?)
      ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq
      """;
  private static final String CLOSED =
      "SELECT count(*) FROM incident WHERE number = ? AND status = 'CLOSED'";

  private SearchFeed() {}

  private record Fact(long seq, long at, String words) {}

  /** Returns the streams that are not indexed to their end, and where that is. */
  static Map<Long, Long> behind(Statements statements) {
    Map<Long, Long> found = new HashMap<>();
    statements.list(BEHIND, row -> found.put(row.getLong(1), row.getLong(2)));
    return found;
  }

  /**
   * How far a stream is followed now.
   *
   * @param more whether there are facts left to index
   * @param closed whether its incident is closed
   */
  record Fed(boolean more, boolean closed) {}

  /**
   * Indexes the next facts of some streams, a few facts all together.
   *
   * @return how far each is followed that had its turn; at least the first one had
   */
  static Map<Long, Fed> feed(Statements statements, Collection<Long> streams) {
    Map<Long, Fed> fed = new LinkedHashMap<>();
    Room room = new Room();
    for (long stream : streams) {
      if (room.isLeft()) {
        feed(statements, stream, room, fed);
      }
    }
    if (room.facts < AT_ONCE) {
      merge(statements, CHARACTERS_AT_ONCE - room.characters);
    }
    return fed;
  }

  /** What a unit of work may still index. */
  private static final class Room {

    private int facts = AT_ONCE;
    private int characters = CHARACTERS_AT_ONCE;

    private boolean isLeft() {
      return facts > 0 && characters > 0;
    }

    /** Takes a fact in; returns whether there is room for another one. */
    private boolean take(Fact fact) {
      facts--;
      characters -= fact.words().length();
      return isLeft();
    }
  }

  private static void merge(Statements statements, int characters) {
    if (statements.number(MERGES_WHEN_TOLD) == 0) {
      statements.update(MERGE_WHEN_TOLD);
    }
    statements.update(MERGE, MERGED_AT_ONCE + characters / CHARACTERS_PER_MERGED_PAGE);
  }

  /** Indexes the next facts of a stream; the journal is not searched. */
  private static void feed(Statements statements, long stream, Room room, Map<Long, Fed> fed) {
    if (stream == Stream.JOURNAL.number()) {
      fed.put(stream, new Fed(false, false));
      return;
    }
    long mark = statements.number("SELECT seq FROM search_mark WHERE stream = ?", stream);
    List<Fact> facts =
        statements.listWhile(
            room::take,
            NEXT,
            row -> new Fact(row.getLong(1), row.getLong(2), row.getString(3)),
            stream,
            mark,
            room.facts);
    long newest = statements.number("SELECT max(number) FROM search_place");
    for (Fact fact : facts) {
      long number = fact.at() > newest ? fact.at() : free(statements, fact.at());
      add(statements, number, stream, fact);
      newest = Math.max(newest, number);
    }
    boolean more = !room.isLeft();
    long reached =
        more
            ? facts.get(facts.size() - 1).seq()
            : statements.number("SELECT max(seq) FROM timeline WHERE stream = ?", stream);
    statements.update(MARK, stream, reached);
    fed.put(stream, new Fed(more, statements.number(CLOSED, stream) > 0));
  }

  private static long free(Statements statements, long at) {
    long number = statements.number(FREE, at, at, at);
    while (statements.number("SELECT count(*) FROM search_place WHERE number = ?", number) > 0) {
      number++;
    }
    return number;
  }

  /** Indexes a fact anew that was indexed before; one that was not comes in its turn. */
  static void again(Statements statements, long stream, long seq, ChainHash.Words words) {
    long number =
        statements.number(
            "SELECT number FROM search_place WHERE stream = ? AND seq = ?", stream, seq);
    if (number > 0) {
      statements.update("DELETE FROM search_words WHERE rowid = ?", number);
      statements.update(
          "INSERT INTO search_words (rowid, words) VALUES (?, ?)",
          number,
          words.text() + ' ' + words.reason() + ' ' + words.actorName());
    }
  }

  private static void add(Statements statements, long number, long stream, Fact fact) {
    statements.update(
        "INSERT INTO search_place (number, stream, seq) VALUES (?, ?, ?)",
        number,
        stream,
        fact.seq());
    statements.update(
        "INSERT INTO search_words (rowid, words) VALUES (?, ?)", number, fact.words());
  }
}
