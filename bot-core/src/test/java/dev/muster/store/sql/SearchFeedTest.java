// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.incident.Actor;
import dev.muster.store.Tx;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search index is written behind the timeline, a little at a time, and can be made anew. */
class SearchFeedTest {

  private static final Instant NOON = ManualClock.atNoon().instant();

  @TempDir Path folder;

  private static void say(SqlStore store, long stream, int times) {
    store.run(tx -> say(tx, stream, times));
  }

  private static boolean say(Tx tx, long stream, int times) {
    for (int i = 0; i < times; i++) {
      NewEntry entry = NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), "word" + stream);
      tx.timeline().append(new Stream(stream), entry, NOON);
    }
    return true;
  }

  private static List<Long> indexed(SqlStore store) {
    return store.read(
        tx ->
            ((SqlTx) tx)
                .statements()
                .list("SELECT stream FROM search_place ORDER BY stream", row -> row.getLong(1)));
  }

  /**
   * Whoever follows is told of what was undone as well; of what was not undone with it, it must be.
   */
  @Test
  void factsBesideAUnitThatThrew_areIndexedAtOnce_andTheUndoneOnesWhenTheyAreStored() {
    try (SqliteWorld world = new SqliteWorld(folder)) {
      SqlStore store = world.store();
      CountDownLatch queued = new CountDownLatch(1);
      List<CompletableFuture<Boolean>> units =
          List.of(
              store.submit(tx -> awaited(queued) && say(tx, 1, 1)),
              store.submit(
                  tx -> {
                    say(tx, 2, 3);
                    throw new IllegalStateException("on purpose");
                  }),
              store.submit(tx -> say(tx, 3, 1)));
      queued.countDown();
      units.get(2).join();
      world.settle();
      assertEquals(List.of(1L, 3L), indexed(store));

      say(store, 2, 1);
      world.settle();
      assertEquals(List.of(1L, 2L, 3L), indexed(store));
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Statements emptied(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM search_mark");
      statement.execute("DELETE FROM search_place");
      statement.execute("DELETE FROM search_words");
    }
    return new Statements(connection);
  }

  @Test
  void feed_manyStreams_sharesOneUnitAmongThem() throws SQLException {
    try (SqliteWorld world = new SqliteWorld(folder)) {
      List.of(1L, 2L, 3L).forEach(stream -> say(world.store(), stream, 150));
      world.settle();
      world.stop();
      try (Connection connection = Connections.writer(new StoreUrl(world.file()));
          Statements statements = emptied(connection)) {
        List<Long> streams = List.of(3L, 1L, 2L);

        Map<Long, SearchFeed.Fed> first = SearchFeed.feed(statements, streams);
        Map<Long, SearchFeed.Fed> next = SearchFeed.feed(statements, List.of(1L, 2L));

        assertEquals(
            Map.of(3L, new SearchFeed.Fed(false, false), 1L, new SearchFeed.Fed(true, false)),
            first);
        assertEquals(
            Map.of(1L, new SearchFeed.Fed(false, false), 2L, new SearchFeed.Fed(true, false)),
            next);
        assertEquals(400, statements.number("SELECT count(*) FROM search_place"));
      }
    }
  }

  @Test
  void start_withAnEmptyIndex_makesItAnew() throws SQLException {
    try (SqliteWorld world = new SqliteWorld(folder)) {
      List.of(1L, 2L, 3L).forEach(stream -> say(world.store(), stream, 150));
      world.settle();
      world.stop();
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + world.file())) {
        emptied(connection).close();
      }

      world.settle();

      for (long stream : List.of(1L, 2L, 3L)) {
        assertEquals(
            150,
            world
                .store()
                .read(tx -> tx.timeline().search("word" + stream, Optional.empty(), 200))
                .size());
      }
    }
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int found(SqlStore store, String word) {
    return store.read(tx -> tx.timeline().search(word, Optional.empty(), 200)).size();
  }

  @Test
  void unitThatFails_isTriedAgainAMinuteLater() throws Exception {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    ManualClock clock = ManualClock.atNoon();
    StoreOpening opening = SqlStore.open("jdbc:sqlite:" + file, clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      execute(
          file,
          "CREATE TRIGGER fails BEFORE INSERT ON search_place"
              + " BEGIN SELECT RAISE(ABORT, 'not now'); END");
      say(store, 1, 1);
      store.settle();
      assertEquals(0, found(store, "word1"));

      execute(file, "DROP TRIGGER fails");
      clock.advance(Duration.ofMinutes(1));
      say(store, 2, 1);
      store.settle();

      assertEquals(1, found(store, "word1"));
      assertEquals(1, found(store, "word2"));
    }
  }
}
