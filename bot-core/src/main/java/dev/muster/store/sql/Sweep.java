// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.incident.Actor;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * Goes through every table and takes words out of all that can be read, within one transaction. On
 * a timeline the salt goes with the words, and a fact of the same chain says who did it and what
 * stands there now.
 */
final class Sweep {

  /** These never change, hold no words, or are made of other tables. */
  private static final Set<String> LEFT_ALONE =
      Set.of("timeline", "timeline_words", "chain_checkpoint", "search_place", "search_mark");

  private static final String TABLES =
      """
      SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
        AND name NOT LIKE 'search_words%' AND name NOT LIKE 'flyway%' ORDER BY name
      """;
  private static final String COLUMNS =
      "SELECT name, type FROM pragma_table_info(?) WHERE type IN ('TEXT', 'BLOB') ORDER BY cid";

  /** A raw delivery is nothing but a record of how it came; nobody needs it to go on. */
  private static final String RAW =
      """
      UPDATE inbox SET raw = x'' WHERE length(raw) > 0
        AND (instr(folded(CAST(raw AS TEXT)), ?1) > 0 OR instr(folded(body), ?1) > 0)
      """;

  private static final String WORDS =
      """
      SELECT stream, seq, text, reason, actor_name, details FROM timeline_words
      WHERE instr(folded(text), ?1) > 0 OR instr(folded(reason), ?1) > 0
        OR instr(folded(actor_name), ?1) > 0 OR instr(folded(details), ?1) > 0
      """;

  private static final String FIXED =
      """
      SELECT ref || ' ' || actor_id FROM timeline
      WHERE instr(folded(ref), ?1) > 0 OR instr(folded(actor_id), ?1) > 0
      """;

  private static final int TOLD_AT_ONCE = 200;

  private final SqlTx tx;
  private final Statements statements;
  private final TakenOut words;
  private final Map<Long, TreeMap<Long, String>> replaced = new TreeMap<>();
  private final ChainHash chain = new ChainHash();
  private int values;

  Sweep(SqlTx tx, TakenOut words) {
    this.tx = tx;
    this.statements = tx.statements();
    this.words = words;
    statements.know("folded", TakenOut::folded);
  }

  private record Row(long stream, long seq, ChainHash.Words words) {}

  private record Column(String table, String name, boolean bytes) {}

  /** How many values beside the timeline were changed. */
  int values() {
    return values;
  }

  /** How many entries of timelines were changed. */
  int entries() {
    return replaced.values().stream().mapToInt(Map::size).sum();
  }

  /** How many facts name the words in what their hash is made of, which can never change. */
  long fixed() {
    return words.needles().stream()
        .flatMap(needle -> statements.list(FIXED, row -> row.getString(1), needle).stream())
        .filter(words::isIn)
        .count();
  }

  /** Takes the words out of everything but timelines. */
  void tables() {
    for (String needle : words.needles()) {
      values += statements.update(RAW, needle);
    }
    for (String table : statements.list(TABLES, row -> row.getString(1))) {
      if (!LEFT_ALONE.contains(table)) {
        columns(table).forEach(this::column);
      }
    }
  }

  /** Reads every value that holds the words, timelines included; changes nothing. */
  void each(BiConsumer<String, String> found) {
    for (String table : statements.list(TABLES, row -> row.getString(1))) {
      boolean hashes = LEFT_ALONE.contains(table);
      for (Column column : columns(table).stream().filter(c -> !(hashes && c.bytes())).toList()) {
        Set<String> values = new LinkedHashSet<>();
        words.hints().forEach(hint -> values.addAll(holding(column, hint)));
        values.stream().filter(words::isIn).forEach(value -> found.accept(table, value));
      }
    }
  }

  private List<Column> columns(String table) {
    return statements.list(
        COLUMNS,
        row -> new Column(table, row.getString(1), row.getString(2).equals("BLOB")),
        table);
  }

  /** Names of tables and columns come from the database itself. */
  private List<String> holding(Column column, String hint) {
    return statements.list(
        "SELECT DISTINCT CAST(\"%1$s\" AS TEXT) FROM \"%2$s\" WHERE instr(folded(CAST(\"%1$s\" AS TEXT)), ?) > 0"
            .formatted(column.name(), column.table()),
        row -> row.getString(1),
        hint);
  }

  private void column(Column column) {
    String name = '"' + column.name() + '"';
    for (String hint : words.hints()) {
      for (String value : holding(column, hint)) {
        String clean = words.ofValue(value);
        if (!clean.equals(value)) {
          values += put(column, name, value, clean);
        }
      }
    }
  }

  /** A key that is the same as another one then takes its place. */
  private int put(Column column, String name, String value, String clean) {
    String type = column.bytes() ? "BLOB" : "TEXT";
    return statements.update(
        "UPDATE OR REPLACE \"%s\" SET %s = CAST(? AS %s) WHERE %s = CAST(? AS %s)"
            .formatted(column.table(), name, type, name, type),
        clean,
        value);
  }

  /**
   * Takes the words out of timelines.
   *
   * @param mark given the text of an entry as it was and as it is without the words, and returns
   *     what is to be read
   */
  void timelines(BinaryOperator<String> mark) {
    for (String hint : words.hints()) {
      for (Row row : rows(WORDS, hint)) {
        ChainHash.Words was = row.words();
        ChainHash.Words clean =
            new ChainHash.Words(
                words.of(was.text()),
                words.of(was.reason()),
                words.of(was.actorName()),
                words.of(was.details()));
        if (!clean.equals(was)) {
          String text = mark.apply(was.text(), clean.text());
          replace(
              row.stream(),
              row.seq(),
              new ChainHash.Words(text, clean.reason(), clean.actorName(), clean.details()));
        }
      }
    }
  }

  private List<Row> rows(String sql, Object... bound) {
    return statements.list(
        sql,
        row ->
            new Row(
                row.getLong(1),
                row.getLong(2),
                new ChainHash.Words(
                    row.getString(3), row.getString(4), row.getString(5), row.getString(6))),
        bound);
  }

  /** Puts other words in the place of an entry's; the salt goes, so nobody can try out guesses. */
  void replace(long stream, long seq, ChainHash.Words by) {
    statements.update("DELETE FROM timeline_words WHERE stream = ? AND seq = ?", stream, seq);
    statements.update(
        """
        INSERT INTO timeline_words (stream, seq, salt, text, reason, actor_name, details)
        VALUES (?, ?, x'', ?, ?, ?, ?)
        """,
        stream,
        seq,
        by.text(),
        by.reason(),
        by.actorName(),
        by.details());
    SearchFeed.again(statements, stream, seq, by);
    replaced.computeIfAbsent(stream, any -> new TreeMap<>()).put(seq, Redactions.hash(chain, by));
  }

  /** Appends to each timeline that was changed the facts that say so. */
  void tell(Actor by, String reason, Instant now) {
    replaced.forEach(
        (stream, hashes) -> {
          List<Long> places = new ArrayList<>(hashes.keySet());
          for (int from = 0; from < places.size(); from += TOLD_AT_ONCE) {
            List<Long> some = places.subList(from, Math.min(places.size(), from + TOLD_AT_ONCE));
            Map<String, Object> told = new TreeMap<>();
            some.forEach(seq -> told.put(Long.toString(seq), hashes.get(seq)));
            tx.timeline()
                .append(
                    new Stream(stream),
                    NewEntry.of(now, EntryKind.REDACTED, by, text(some))
                        .because(reason)
                        .about(some.size() == 1 ? Long.toString(some.get(0)) : "")
                        .with(Map.of(Redactions.ENTRIES, told)),
                    now);
          }
        });
  }

  private static String text(List<Long> places) {
    String named = places.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "));
    String more = places.size() > 10 ? " and %d more".formatted(places.size() - 10) : "";
    return String.format(
        Locale.ROOT,
        "Words were taken out of %s %s%s.",
        places.size() == 1 ? "entry" : "entries",
        named,
        more);
  }

  /** Has the index of the search forget what it no longer needs. */
  void forgetInSearch() {
    statements.update("INSERT INTO search_words (search_words) VALUES ('optimize')");
  }
}
