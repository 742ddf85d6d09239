// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.postmortem.Postmortem;
import dev.muster.store.AlertRecord;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes everything about an incident as one JSON document, in the shapes of the API, each entry of
 * the timeline on a line of its own. An incident may have a hundred thousand of them, so they are
 * written one by one, without making trees of them first. One thread.
 */
public final class IncidentJson {

  // Their bytes are made once.
  private static final SerializedString SEQ = new SerializedString("seq");
  private static final SerializedString AT = new SerializedString("at");
  private static final SerializedString OCCURRED_AT = new SerializedString("occurredAt");
  private static final SerializedString KIND = new SerializedString("kind");
  private static final SerializedString ACTOR = new SerializedString("actor");
  private static final SerializedString TYPE = new SerializedString("type");
  private static final SerializedString ID = new SerializedString("id");
  private static final SerializedString NAME = new SerializedString("name");
  private static final SerializedString TEXT = new SerializedString("text");
  private static final SerializedString REASON = new SerializedString("reason");
  private static final SerializedString REF = new SerializedString("ref");
  private static final SerializedString DATA = new SerializedString("data");
  private static final SerializedString HASH = new SerializedString("hash");
  private static final SerializedString PREV = new SerializedString("prev");

  private final JsonGenerator json;

  /**
   * Prepares the document {@code { incident, timeline: [entry], postmortem }}.
   *
   * @param out stays open
   */
  public IncidentJson(OutputStream out) throws IOException {
    json = Answers.JSON.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new Lines());
  }

  /** Writes all that stands before the timeline. */
  public void begin(Incident incident, List<AlertRecord> alerts) throws IOException {
    json.writeStartObject();
    json.writeFieldName("incident");
    Answers.JSON.writeTree(json, WireIncidents.incident(incident, alerts));
    json.writeArrayFieldStart("timeline");
  }

  /** Writes all that stands behind the timeline; the postmortem is null before there is one. */
  public void end(Optional<Postmortem> postmortem) throws IOException {
    json.writeEndArray();
    json.writeFieldName("postmortem");
    if (postmortem.isPresent()) {
      Answers.JSON.writeTree(json, WireIncidents.postmortem(postmortem.get()));
    } else {
      json.writeNull();
    }
    json.writeEndObject();
    json.close();
  }

  /** Writes the next entry of the timeline, as {@link WireIncidents#entry} makes it. */
  public void entry(TimelineEntry entry) throws IOException {
    json.writeStartObject();
    json.writeFieldName(SEQ);
    json.writeNumber(entry.seq());
    text(AT, UtcText.exact(entry.at()));
    text(OCCURRED_AT, UtcText.exact(entry.occurredAt()));
    text(KIND, entry.kind().word());
    json.writeFieldName(ACTOR);
    json.writeStartObject();
    text(TYPE, entry.actor().type());
    text(ID, entry.actor().id());
    text(NAME, entry.actor().name());
    json.writeEndObject();
    text(TEXT, entry.text());
    text(REASON, entry.reason().isEmpty() ? null : entry.reason());
    text(REF, entry.ref().isEmpty() ? null : entry.ref());
    json.writeFieldName(DATA);
    plain(entry.data());
    text(HASH, entry.hash());
    text(PREV, entry.prev());
    json.writeEndObject();
  }

  private void text(SerializedString name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeString(value);
  }

  /** Mostly few short texts, for which the mapper would need longer than for all the rest. */
  private void plain(Map<String, Object> data) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> value : data.entrySet()) {
      json.writeFieldName(value.getKey());
      if (value.getValue() instanceof String text) {
        json.writeString(text);
      } else {
        Answers.JSON.writeValue(json, value.getValue());
      }
    }
    json.writeEndObject();
  }

  /** No blanks, and a line for each element of a list. */
  private static final class Lines extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
      json.writeRaw(",\n");
    }
  }
}
