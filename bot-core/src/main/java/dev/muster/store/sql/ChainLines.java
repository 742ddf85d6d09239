// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
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

  // A long chain has a hundred thousand of each; their bytes are made once.
  private static final SerializedString SEQ = new SerializedString("seq");
  private static final SerializedString AT = new SerializedString("at");
  private static final SerializedString OCCURRED_AT = new SerializedString("occurredAt");
  private static final SerializedString KIND = new SerializedString("kind");
  private static final SerializedString REF = new SerializedString("ref");
  private static final SerializedString ACTOR_TYPE = new SerializedString("actorType");
  private static final SerializedString ACTOR_ID = new SerializedString("actorId");
  private static final SerializedString SALT = new SerializedString("salt");
  private static final SerializedString TEXT = new SerializedString("text");
  private static final SerializedString REASON = new SerializedString("reason");
  private static final SerializedString ACTOR_NAME = new SerializedString("actorName");
  private static final SerializedString DETAILS = new SerializedString("details");
  private static final SerializedString COMMITMENT = new SerializedString("commitment");
  private static final SerializedString HASH = new SerializedString("hash");

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
    number(json, SEQ, place.seq());
    number(json, AT, place.at());
    number(json, OCCURRED_AT, place.occurredAt());
    text(json, KIND, place.kind());
    text(json, REF, place.ref());
    text(json, ACTOR_TYPE, place.actorType());
    text(json, ACTOR_ID, place.actorId());
    boolean erased = link.salt() == null;
    text(json, SALT, erased ? null : HEX.formatHex(link.salt()));
    text(json, TEXT, erased ? null : link.words().text());
    text(json, REASON, erased ? null : link.words().reason());
    text(json, ACTOR_NAME, erased ? null : link.words().actorName());
    text(json, DETAILS, erased ? null : link.words().details());
    text(json, COMMITMENT, HEX.formatHex(link.commitment()));
    text(json, HASH, hash);
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void number(JsonGenerator json, SerializedString name, long value)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(value);
  }

  private static void text(JsonGenerator json, SerializedString name, String value)
      throws IOException {
    json.writeFieldName(name);
    json.writeString(value);
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
              number(in, SEQ),
              number(in, AT),
              number(in, OCCURRED_AT),
              text(in, KIND),
              text(in, REF),
              text(in, ACTOR_TYPE),
              text(in, ACTOR_ID));
      boolean erased = in.path(SALT.getValue()).isNull();
      return new ChainLink(
          place,
          HEX.parseHex(text(in, COMMITMENT)),
          HEX.parseHex(text(in, HASH)),
          erased ? null : HEX.parseHex(text(in, SALT)),
          erased
              ? null
              : new ChainHash.Words(
                  text(in, TEXT), text(in, REASON), text(in, ACTOR_NAME), text(in, DETAILS)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException("no entry", e);
    }
  }

  private static long number(JsonNode in, SerializedString name) throws IOException {
    JsonNode value = in.path(name.getValue());
    if (!value.isIntegralNumber()) {
      throw new IOException("no entry");
    }
    return value.longValue();
  }

  private static String text(JsonNode in, SerializedString name) throws IOException {
    JsonNode value = in.path(name.getValue());
    if (!value.isTextual()) {
      throw new IOException("no entry");
    }
    return value.textValue();
  }
}
