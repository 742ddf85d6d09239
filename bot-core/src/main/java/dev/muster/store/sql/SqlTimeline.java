// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.muster.chat.UserRef;
import dev.muster.store.TimelineStore;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Facts in the tables {@code timeline} and {@code timeline_words}. */
final class SqlTimeline implements TimelineStore {

  private static final int MOST_READ = 10_000;
  private static final String APPEND =
      """
      INSERT INTO timeline
        (stream, seq, at, occurred_at, kind, ref, actor_type, actor_id, commitment, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String APPEND_WORDS =
      """
      INSERT INTO timeline_words (stream, seq, salt, text, reason, actor_name, details)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;
  static final String LATEST =
      TimelineRows.SELECT_ABOUT
          + "WHERE t.stream = ? AND t.kind = ? AND t.ref = ? ORDER BY t.seq DESC LIMIT 1";

  /** The sign keeps the planner from looking for each kind by itself; few facts have one ref. */
  private static final String ABOUT =
      TimelineRows.SELECT_ABOUT + "WHERE t.stream = ? AND t.ref = ? AND +t.kind IN (";

  private static final String READ =
      TimelineRows.SELECT + "WHERE t.stream = ? AND t.seq > ? ORDER BY t.seq LIMIT ?";

  private final Statements statements;
  private final TimelineRows rows;
  private final ObjectWriter sorted;
  private final ChainHeads heads;
  private final ChainHash chain = new ChainHash();
  private final Salts salts = new Salts();
  private Set<EntryKind> lastKinds = Set.of();
  private String lastAbout = aboutKinds(lastKinds);

  SqlTimeline(Statements statements, ObjectMapper json, ChainHeads heads) {
    this.statements = statements;
    this.sorted = json.writer().without(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    this.heads = heads;
    this.rows = new TimelineRows(json);
  }

  @Override
  public TimelineEntry append(Stream stream, NewEntry entry, Instant now) {
    ChainHeads.Head head = heads.of(stream.number(), statements);
    Map<String, Object> data = PlainValues.of(entry.data());
    String details = data.isEmpty() ? "{}" : details(data);
    ChainHash.Words words =
        new ChainHash.Words(entry.text(), entry.reason(), entry.actor().name(), details);
    ChainHash.Place place =
        new ChainHash.Place(
            stream.number(),
            head.seq() + 1,
            Micros.of(now),
            Micros.of(entry.occurredAt()),
            entry.kind().word(),
            entry.ref(),
            entry.actor().type(),
            entry.actor().id());
    byte[] salt = salts.next();
    byte[] commitment = chain.commitment(salt, words);
    byte[] hash = chain.entry(head.hash(), place, commitment);
    insert(place, commitment, hash);
    insertWords(place, salt, words);
    ChainHeads.Head moved = new ChainHeads.Head(place.seq(), hash);
    heads.moved(stream.number(), moved);
    return new TimelineEntry(
        stream,
        place.seq(),
        Micros.read(place.at()),
        Micros.read(place.occurredAt()),
        entry.kind(),
        new TimelineEntry.Who(place.actorType(), place.actorId(), words.actorName()),
        words.text(),
        words.reason(),
        place.ref(),
        data,
        moved.hex(),
        head.hex());
  }

  @Override
  public List<TimelineEntry> read(Stream stream, long after, int limit, Set<EntryKind> kinds) {
    if (limit < 1 || limit > MOST_READ) {
      throw new IllegalArgumentException("the limit is 1 to 10,000, not " + limit);
    }
    if (kinds.isEmpty()) {
      return statements.list(READ, rows::read, stream.number(), after, limit);
    }
    return statements.list(readKinds(kinds), rows::read, stream.number(), after, limit);
  }

  /** What {@link #read} asks for some kinds: the first few of each, and of these the first few. */
  static String readKinds(Set<EntryKind> kinds) {
    return kinds.stream()
        .sorted()
        .map(SqlTimeline::firstOf)
        .collect(
            Collectors.joining(
                " UNION ALL ",
                TimelineRows.SELECT + "WHERE t.stream = ?1 AND t.seq IN (",
                " ORDER BY 1 LIMIT ?3) ORDER BY t.seq"));
  }

  /** The condition of the index is repeated where it is to be used. */
  private static String firstOf(EntryKind kind) {
    String indexed = kind == EntryKind.MESSAGE_LOGGED ? "" : " AND kind <> 'message_logged'";
    return "SELECT seq FROM (SELECT seq FROM timeline WHERE stream = ?1 AND kind = '"
        + kind.word()
        + "'"
        + indexed
        + " AND seq > ?2 ORDER BY seq LIMIT ?3)";
  }

  @Override
  public Optional<TimelineEntry> latest(Stream stream, EntryKind kind, String ref) {
    return statements.first(LATEST, rows::read, stream.number(), kind.word(), ref);
  }

  @Override
  public List<TimelineEntry> about(Stream stream, String ref, Set<EntryKind> kinds) {
    if (!kinds.equals(lastKinds)) {
      lastAbout = aboutKinds(kinds);
      lastKinds = Set.copyOf(kinds);
    }
    return statements.list(lastAbout, rows::read, stream.number(), ref);
  }

  /** What {@link #about} asks. */
  static String aboutKinds(Set<EntryKind> kinds) {
    return kinds.stream()
        .sorted()
        .map(kind -> "'" + kind.word() + "'")
        .collect(Collectors.joining(", ", ABOUT, ") ORDER BY t.seq LIMIT 1000"));
  }

  @Override
  public long lastSeq(Stream stream) {
    return heads.of(stream.number(), statements).seq();
  }

  @Override
  public void eraseText(Stream stream, long seq) {
    statements.update(
        "DELETE FROM timeline_words WHERE stream = ? AND seq = ?", stream.number(), seq);
    SearchIndex.forget(statements, stream.number(), seq);
  }

  @Override
  public Optional<Long> firstBroken(Stream stream) {
    return new ChainWalk(statements).firstBroken(stream.number());
  }

  @Override
  public List<TimelineEntry> search(String words, Optional<UserRef> viewer, int limit) {
    return new SearchIndex(statements, rows).find(words, viewer, limit);
  }

  private String details(Map<String, Object> data) {
    try {
      return sorted.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values always become JSON", e);
    }
  }

  private void insert(ChainHash.Place place, byte[] commitment, byte[] hash) {
    try {
      PreparedStatement row = statements.prepared(APPEND);
      row.setLong(1, place.stream());
      row.setLong(2, place.seq());
      row.setLong(3, place.at());
      row.setLong(4, place.occurredAt());
      row.setString(5, place.kind());
      row.setString(6, place.ref());
      row.setString(7, place.actorType());
      row.setString(8, place.actorId());
      row.setBytes(9, commitment);
      row.setBytes(10, hash);
      row.executeUpdate();
    } catch (SQLException e) {
      throw statements.failed(e);
    }
  }

  private void insertWords(ChainHash.Place place, byte[] salt, ChainHash.Words words) {
    try {
      PreparedStatement row = statements.prepared(APPEND_WORDS);
      row.setLong(1, place.stream());
      row.setLong(2, place.seq());
      row.setBytes(3, salt);
      row.setString(4, words.text());
      row.setString(5, words.reason());
      row.setString(6, words.actorName());
      row.setString(7, words.details());
      row.executeUpdate();
    } catch (SQLException e) {
      throw statements.failed(e);
    }
  }
}
