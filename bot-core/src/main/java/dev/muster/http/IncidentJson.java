// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
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
    json.writeNumberField("seq", entry.seq());
    json.writeStringField("at", entry.at().toString());
    json.writeStringField("occurredAt", entry.occurredAt().toString());
    json.writeStringField("kind", entry.kind().word());
    json.writeObjectFieldStart("actor");
    json.writeStringField("type", entry.actor().type());
    json.writeStringField("id", entry.actor().id());
    json.writeStringField("name", entry.actor().name());
    json.writeEndObject();
    json.writeStringField("text", entry.text());
    json.writeStringField("reason", entry.reason().isEmpty() ? null : entry.reason());
    json.writeStringField("ref", entry.ref().isEmpty() ? null : entry.ref());
    json.writeFieldName("data");
    plain(entry.data());
    json.writeStringField("hash", entry.hash());
    json.writeStringField("prev", entry.prev());
    json.writeEndObject();
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
