// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.Person;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.Milestone;
import dev.muster.incident.Role;
import dev.muster.incident.Space;
import dev.muster.postmortem.Postmortem;
import dev.muster.store.AlertRecord;
import dev.muster.timeline.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes what programs read; absent values are null, never left out. */
final class WireIncidents {

  private WireIncidents() {}

  static ObjectNode incident(Incident incident, List<AlertRecord> alerts) {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("id", incident.id().toString());
    out.put("title", incident.title());
    out.put("severity", incident.severity().name());
    out.put("status", incident.status().word());
    Optional<Closing> closing = incident.closing();
    out.put("closing", closing.map(Closing::reason).map(Closing.Reason::word).orElse(null));
    out.put(
        "duplicateOf", closing.flatMap(Closing::duplicateOf).map(Object::toString).orElse(null));
    incident
        .commander()
        .ifPresentOrElse(
            person -> out.set("commander", person(person)), () -> out.putNull("commander"));
    ObjectNode roles = out.putObject("roles");
    for (Role role : Role.values()) {
      incident.holder(role).ifPresent(person -> roles.set(role.word(), person(person)));
    }
    channels(out.putArray("channels"), incident);
    ObjectNode milestones = out.putObject("milestones");
    for (Milestone milestone : Milestone.values()) {
      milestones.put(milestone.word(), time(incident.reached(milestone)));
    }
    out.put("impact", incident.impact().isEmpty() ? null : incident.impact());
    ArrayNode services = out.putArray("services");
    incident.services().forEach(services::add);
    ArrayNode attached = out.putArray("alerts");
    alerts.forEach(alert -> attached.add(alert(alert)));
    out.put("private", incident.isPrivate());
    out.put("drill", incident.drill());
    out.put("nextUpdate", time(incident.nextUpdate()));
    out.put("version", incident.version());
    return out;
  }

  private static void channels(ArrayNode channels, Incident incident) {
    for (Space space : incident.spaces()) {
      ObjectNode channel = channels.addObject();
      channel.put("platform", space.platform());
      channel.put("id", space.channel().id());
      channel.put("name", space.name());
      channel.put("url", space.url());
    }
  }

  private static ObjectNode person(Person person) {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("platform", person.ref().platform());
    out.put("id", person.ref().id());
    out.put("name", person.name());
    return out;
  }

  static String time(Optional<Instant> at) {
    return at.map(Instant::toString).orElse(null);
  }

  static ObjectNode alert(AlertRecord record) {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("id", record.id());
    out.put("source", record.latest().key().source());
    out.put("fingerprint", record.latest().key().fingerprint());
    out.put("status", record.latest().status().name().toLowerCase(Locale.ROOT));
    out.put("title", record.latest().title());
    out.put("severity", record.latest().severity().isEmpty() ? null : record.latest().severity());
    out.set("labels", map(record.latest().labels()));
    out.set("annotations", map(record.latest().annotations()));
    out.put("startsAt", record.latest().startsAt().toString());
    out.put("endsAt", time(record.latest().endsAt()));
    out.put("url", record.latest().url().isEmpty() ? null : record.latest().url());
    out.put("incident", record.incident().map(Object::toString).orElse(null));
    out.put("verdict", record.verdict());
    out.put("statements", record.statements());
    out.put("firstAt", record.firstAt().toString());
    out.put("lastAt", record.lastAt().toString());
    out.put("snoozedUntil", time(record.snoozedUntil()));
    return out;
  }

  private static ObjectNode map(Map<String, String> values) {
    ObjectNode out = Answers.JSON.createObjectNode();
    values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> out.put(entry.getKey(), entry.getValue()));
    return out;
  }

  static ObjectNode entry(TimelineEntry entry) {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("seq", entry.seq());
    out.put("at", entry.at().toString());
    out.put("occurredAt", entry.occurredAt().toString());
    out.put("kind", entry.kind().word());
    ObjectNode actor = out.putObject("actor");
    actor.put("type", entry.actor().type());
    actor.put("id", entry.actor().id());
    actor.put("name", entry.actor().name());
    out.put("text", entry.text());
    out.put("reason", entry.reason().isEmpty() ? null : entry.reason());
    out.put("ref", entry.ref().isEmpty() ? null : entry.ref());
    out.set("data", Answers.JSON.valueToTree(entry.data()));
    out.put("hash", entry.hash());
    out.put("prev", entry.prev());
    return out;
  }

  static ObjectNode postmortem(Postmortem postmortem) {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("incident", postmortem.incident().toString());
    out.put("generatedAt", postmortem.generatedAt().toString());
    ArrayNode sections = out.putArray("sections");
    for (Postmortem.Part part : postmortem.sections()) {
      ObjectNode section = sections.addObject();
      section.put("id", part.id());
      section.put("title", part.title());
      ArrayNode statements = section.putArray("statements");
      part.written()
          .ifPresent(
              words ->
                  statements
                      .addObject()
                      .put("text", "“" + words.text() + "”")
                      .putArray("entries")
                      .add(words.entry()));
      for (Postmortem.Statement statement : part.statements()) {
        ObjectNode said = statements.addObject();
        said.put("text", statement.text());
        ArrayNode entries = said.putArray("entries");
        statement.entries().forEach(entries::add);
      }
      section.put("missing", part.missing().orElse(null));
    }
    return out;
  }

  /** Writes what people wrote into a postmortem, and whether it was published. */
  static ObjectNode edition(Postmortem postmortem) {
    ObjectNode out = Answers.JSON.createObjectNode();
    out.put("incident", postmortem.incident().toString());
    postmortem
        .published()
        .ifPresentOrElse(
            it ->
                signed(out.putObject("published"), it.by(), it.at(), it.entry())
                    .put("changedSince", it.changedSince()),
            () -> out.putNull("published"));
    ArrayNode sections = out.putArray("sections");
    for (Postmortem.Part part : postmortem.sections()) {
      ObjectNode section = sections.addObject().put("id", part.id());
      part.written()
          .ifPresentOrElse(
              words ->
                  signed(section.putObject("written"), words.by(), words.at(), words.entry())
                      .put("text", words.text()),
              () -> section.putNull("written"));
    }
    return out;
  }

  private static ObjectNode signed(ObjectNode out, String by, Instant at, long entry) {
    out.put("by", by);
    out.put("at", at.toString());
    out.put("entry", entry);
    return out;
  }
}
