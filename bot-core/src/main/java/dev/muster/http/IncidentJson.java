// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.muster.incident.Incident;
import dev.muster.postmortem.Postmortem;
import dev.muster.store.AlertRecord;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Writes everything about an incident as one JSON document, in the shapes of the API. */
public final class IncidentJson {

  private IncidentJson() {}

  /**
   * Writes {@code { incident, timeline: [entry], postmortem }}; the postmortem is null before there
   * is one.
   *
   * @param after returns the entries behind a place, some at a time; none at the end
   * @param out stays open
   */
  public static void write(
      Incident incident,
      List<AlertRecord> alerts,
      LongFunction<List<TimelineEntry>> after,
      Optional<Postmortem> postmortem,
      OutputStream out)
      throws IOException {
    JsonGenerator json = Answers.JSON.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.useDefaultPrettyPrinter();
    json.writeStartObject();
    json.writeFieldName("incident");
    Answers.JSON.writeTree(json, WireIncidents.incident(incident, alerts));
    json.writeArrayFieldStart("timeline");
    List<TimelineEntry> page = after.apply(0);
    while (!page.isEmpty()) {
      for (TimelineEntry entry : page) {
        Answers.JSON.writeTree(json, WireIncidents.entry(entry));
      }
      page = after.apply(page.get(page.size() - 1).seq());
    }
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
}
