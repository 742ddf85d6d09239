// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From rows to facts. */
final class TimelineRows {

  /** Begins every reading of facts; {@code t} is the fact, {@code w} its words unless erased. */
  static final String SELECT =
      """
      SELECT t.stream, t.seq, t.at, t.occurred_at, t.kind, t.ref, t.actor_type, t.actor_id, t.hash,
        (SELECT p.hash FROM timeline p WHERE p.stream = t.stream AND p.seq = t.seq - 1),
        w.text, w.reason, w.actor_name, w.details
      FROM timeline t LEFT JOIN timeline_words w ON w.stream = t.stream AND w.seq = t.seq
      """;

  /** The same rows, where the planner cannot know that few of a stream are about one thing. */
  static final String SELECT_ABOUT =
      SELECT.replace("FROM timeline t LEFT", "FROM timeline t INDEXED BY timeline_about LEFT");

  private static final HexFormat HEX = HexFormat.of();
  private static final Map<String, EntryKind> KINDS =
      Arrays.stream(EntryKind.values())
          .collect(Collectors.toUnmodifiableMap(EntryKind::word, Function.identity()));

  private final ObjectReader details;

  TimelineRows(ObjectMapper json) {
    details = json.readerFor(new TypeReference<Map<String, Object>>() {});
  }

  TimelineEntry read(ResultSet row) throws SQLException {
    byte[] prev = row.getBytes(10);
    String text = row.getString(11);
    boolean erased = text == null;
    String actorId = row.getString(8);
    return new TimelineEntry(
        new Stream(row.getLong(1)),
        row.getLong(2),
        Micros.read(row.getLong(3)),
        Micros.read(row.getLong(4)),
        KINDS.get(row.getString(5)),
        new TimelineEntry.Who(row.getString(7), actorId, erased ? actorId : row.getString(13)),
        erased ? "" : text,
        erased ? "" : row.getString(12),
        row.getString(6),
        erased ? Map.of() : details(row.getString(14)),
        HEX.formatHex(row.getBytes(9)),
        HEX.formatHex(prev == null ? ChainHash.NOTHING : prev));
  }

  /**
   * Makes a fact of its link in the chain.
   *
   * @param hash its hash as text
   * @param prev that of the entry before
   */
  TimelineEntry read(ChainLink link, String hash, String prev) {
    ChainHash.Place place = link.place();
    ChainHash.Words words = link.words();
    boolean erased = words.text() == null;
    String actorName = erased ? place.actorId() : words.actorName();
    return new TimelineEntry(
        new Stream(place.stream()),
        place.seq(),
        Micros.read(place.at()),
        Micros.read(place.occurredAt()),
        KINDS.get(place.kind()),
        new TimelineEntry.Who(place.actorType(), place.actorId(), actorName),
        erased ? "" : words.text(),
        erased ? "" : words.reason(),
        place.ref(),
        erased ? Map.of() : details(words.details()),
        hash,
        prev);
  }

  private Map<String, Object> details(String text) {
    if (text.equals("{}")) {
      return Map.of();
    }
    try {
      return details.readValue(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the details of an entry are no JSON object", e);
    }
  }
}
