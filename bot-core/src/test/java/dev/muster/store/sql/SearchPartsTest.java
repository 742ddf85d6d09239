// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The search index is merged in small steps: however much it holds, no unit of work writes many
 * pages for a few facts, and a search has few parts to look into. Pages are counted, not time.
 */
class SearchPartsTest {

  private static final int FACTS_AT_ONCE = 20;
  private static final int UNITS = 1_000;
  private static final int MOST_PAGES = 80;
  private static final int MOST_PARTS = 30;
  private static final String PAGES = "PRAGMA wal_checkpoint(NOOP)";
  private static final String BEGIN_ANEW = "PRAGMA wal_checkpoint(TRUNCATE)";
  private static final String FACT =
      """
      INSERT INTO timeline (stream, seq, at, occurred_at, kind, ref, actor_type, actor_id,
        commitment, hash) VALUES (1, ?, ?, ?, 'note_added', '', 'bot', '', x'', x'')
      """;
  private static final String WORDS =
      """
      INSERT INTO timeline_words (stream, seq, salt, text, reason, actor_name, details)
      VALUES (1, ?, x'', ?, '', 'ana', '{}')
      """;

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(20261123);
  private long facts;

  private void say(Statements writer) {
    for (int i = 0; i < FACTS_AT_ONCE; i++) {
      facts++;
      StringBuilder words = new StringBuilder("latency");
      for (int word = 0; word < 12; word++) {
        words.append(" host").append(random.nextInt(50_000));
      }
      writer.update(FACT, facts, facts, facts);
      writer.update(WORDS, facts, words.toString());
    }
  }

  private static long pagesInLog(Statements writer) {
    return writer.first(PAGES, row -> row.getLong(2)).orElseThrow();
  }

  /** Returns how many pages indexing a few more facts wrote. */
  private long pagesOfAUnit(Statements writer) {
    writer.update("BEGIN IMMEDIATE");
    say(writer);
    writer.update("COMMIT");
    writer.list(BEGIN_ANEW, row -> row.getLong(1));
    writer.update("BEGIN IMMEDIATE");
    SearchFeed.feed(writer, List.of(1L));
    writer.update("COMMIT");
    return pagesInLog(writer);
  }

  @Test
  void unitsOfFewFacts_writeFewPages_howeverMuchTheIndexHolds() throws Exception {
    StoreUrl url = new StoreUrl(folder.resolve("muster.db"));
    EmptyStore.copyTo(url.file());
    try (Connection connection = Connections.writer(url);
        Statements writer = new Statements(connection)) {
      // Nobody cuts the power here.
      writer.update("PRAGMA synchronous = OFF");
      List<Long> pages = new ArrayList<>();
      for (int unit = 0; unit < UNITS; unit++) {
        pages.add(pagesOfAUnit(writer));
      }

      assertTrue(Collections.max(pages) <= MOST_PAGES, pages::toString);
      long parts =
          writer.number("SELECT count(DISTINCT segid) FROM search_words_idx WHERE segid > 0");
      assertTrue(parts <= MOST_PARTS, parts + " parts");
      assertEquals(
          facts,
          writer.number("SELECT count(*) FROM search_words WHERE search_words MATCH 'latency'"));
    }
  }
}
