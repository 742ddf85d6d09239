// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The search index is merged in small steps: however much it holds, no unit of work writes many
 * pages for a few facts, and a search has few parts to look into. Pages are counted, not time.
 */
class SearchPartsTest {

  private static final long NOON = Micros.of(ManualClock.atNoon().instant());
  private static final int FACTS_AT_ONCE = 20;
  private static final int UNITS = 1_000;
  private static final int MOST_PAGES = 80;
  private static final int MOST_PARTS = 30;

  /** Characters. */
  private static final int SENTENCE = 115;

  /** Characters; a message on Slack has no more. */
  private static final int LOG = 40_000;

  private static final int UNITS_OF_LOGS = 250;
  private static final int MOST_PAGES_OF_A_LOG = 200;
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
  private Connection connection;
  private Statements writer;
  private long facts;

  private void say(int times, int length) {
    int hosts = length < LOG ? 50_000 : 2_000_000;
    writer.update("BEGIN IMMEDIATE");
    for (int i = 0; i < times; i++) {
      facts++;
      StringBuilder words = new StringBuilder("latency");
      while (words.length() < length) {
        words.append(" host").append(random.nextInt(hosts));
      }
      long at = NOON + facts * 1_000;
      writer.update(FACT, facts, at, at);
      writer.update(WORDS, facts, words.toString());
    }
    writer.update("COMMIT");
  }

  private long pagesInLog() {
    return writer.first(PAGES, row -> row.getLong(2)).orElseThrow();
  }

  /** Returns how many pages a unit wrote that indexes what it has to. */
  private long pagesOfAUnit() {
    writer.list(BEGIN_ANEW, row -> row.getLong(1));
    writer.update("BEGIN IMMEDIATE");
    SearchFeed.feed(writer, List.of(1L));
    writer.update("COMMIT");
    return pagesInLog();
  }

  private long indexed() {
    return writer.number("SELECT count(*) FROM search_words WHERE search_words MATCH 'latency'");
  }

  private long parts() {
    return writer.number("SELECT count(DISTINCT segid) FROM search_words_idx WHERE segid > 0");
  }

  @BeforeEach
  void open() throws Exception {
    StoreUrl url = new StoreUrl(folder.resolve("muster.db"));
    EmptyStore.copyTo(url.file());
    connection = Connections.writer(url);
    writer = new Statements(connection);
    // Nobody cuts the power here.
    writer.update("PRAGMA synchronous = OFF");
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
    connection.close();
  }

  @Test
  void unitsOfFewFacts_writeFewPages_howeverMuchTheIndexHolds() {
    List<Long> pages = new ArrayList<>();
    for (int unit = 0; unit < UNITS; unit++) {
      say(FACTS_AT_ONCE, SENTENCE);
      pages.add(pagesOfAUnit());
    }

    assertTrue(Collections.max(pages) <= MOST_PAGES, pages::toString);
    assertTrue(parts() <= MOST_PARTS, parts() + " parts");
    assertEquals(facts, indexed());
  }

  @Test
  void unitsOfPastedLogs_writePagesByTheirLength_andLeaveNoMoreParts() {
    List<Long> pages = new ArrayList<>();
    for (int unit = 0; unit < UNITS_OF_LOGS; unit++) {
      say(1, LOG);
      pages.add(pagesOfAUnit());
    }

    assertTrue(Collections.max(pages) <= MOST_PAGES_OF_A_LOG, pages::toString);
    assertTrue(parts() <= MOST_PARTS, parts() + " parts");
    assertEquals(facts, indexed());
  }

  @Test
  void pastedLogsThatWait_areIndexedOneInAUnit_andSentencesManyTogether() {
    say(3, LOG);
    say(50, SENTENCE);

    List<Long> found = new ArrayList<>();
    for (int unit = 0; unit < 4; unit++) {
      pagesOfAUnit();
      found.add(indexed());
    }

    assertEquals(List.of(1L, 2L, 3L, 53L), found);
  }
}
