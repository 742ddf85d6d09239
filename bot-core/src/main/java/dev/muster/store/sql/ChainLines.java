// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * A chain as lines of JSON, one entry each: everything its hash is made of. Times are microseconds
 * since 1970, bytes are hexadecimal; the words and the salt are null when they were erased.
 */
final class ChainLines {

  private static final HexFormat HEX = HexFormat.of();
  private static final String BEGINNING = HEX.formatHex(ChainHash.NOTHING);
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChainLines() {}

  /** Where a chain ends. */
  record End(long entries, String head) {}

  /** Takes each entry as it goes by. */
  @FunctionalInterface
  interface Beside {
    void entry(TimelineEntry entry) throws IOException;
  }

  /** Writes the chain of a stream, following it as it goes; each entry is read only once. */
  static End write(Statements statements, long stream, OutputStream out, Beside beside)
      throws IOException {
    ChainWalk walk = new ChainWalk(statements);
    TimelineRows rows = new TimelineRows(StoreJson.mapper());
    long seq = 0;
    String head = BEGINNING;
    JsonGenerator json = JSON.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setRootValueSeparator(null);
    List<ChainLink> links = walk.next(stream, seq);
    while (!links.isEmpty()) {
      for (ChainLink link : links) {
        String hash = HEX.formatHex(link.hash());
        line(link, hash, json);
        boolean follows = link.place().seq() == seq + 1;
        beside.entry(rows.read(link, hash, follows ? head : BEGINNING));
        seq = link.place().seq();
        head = hash;
      }
      links = walk.next(stream, seq);
    }
    json.close();
    return new End(seq, head);
  }

  private static void line(ChainLink link, String hash, JsonGenerator json) throws IOException {
    ChainHash.Place place = link.place();
    json.writeStartObject();
    json.writeNumberField("seq", place.seq());
    json.writeNumberField("at", place.at());
    json.writeNumberField("occurredAt", place.occurredAt());
    json.writeStringField("kind", place.kind());
    json.writeStringField("ref", place.ref());
    json.writeStringField("actorType", place.actorType());
    json.writeStringField("actorId", place.actorId());
    boolean erased = link.salt() == null;
    json.writeStringField("salt", erased ? null : HEX.formatHex(link.salt()));
    json.writeStringField("text", erased ? null : link.words().text());
    json.writeStringField("reason", erased ? null : link.words().reason());
    json.writeStringField("actorName", erased ? null : link.words().actorName());
    json.writeStringField("details", erased ? null : link.words().details());
    json.writeStringField("commitment", HEX.formatHex(link.commitment()));
    json.writeStringField("hash", hash);
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /**
   * Reads a line back.
   *
   * @throws IOException when it is none
   */
  static ChainLink read(long stream, String line) throws IOException {
    try {
      JsonNode in = JSON.readTree(line);
      ChainHash.Place place =
          new ChainHash.Place(
              stream,
              number(in, "seq"),
              number(in, "at"),
              number(in, "occurredAt"),
              text(in, "kind"),
              text(in, "ref"),
              text(in, "actorType"),
              text(in, "actorId"));
      boolean erased = in.path("salt").isNull();
      return new ChainLink(
          place,
          HEX.parseHex(text(in, "commitment")),
          HEX.parseHex(text(in, "hash")),
          erased ? null : HEX.parseHex(text(in, "salt")),
          erased
              ? null
              : new ChainHash.Words(
                  text(in, "text"),
                  text(in, "reason"),
                  text(in, "actorName"),
                  text(in, "details")));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException("no entry", e);
    }
  }

  private static long number(JsonNode in, String name) throws IOException {
    JsonNode value = in.path(name);
    if (!value.isIntegralNumber()) {
      throw new IOException("no entry");
    }
    return value.longValue();
  }

  private static String text(JsonNode in, String name) throws IOException {
    JsonNode value = in.path(name);
    if (!value.isTextual()) {
      throw new IOException("no entry");
    }
    return value.textValue();
  }
}
