// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.Role;
import dev.muster.incident.Space;
import dev.muster.readmodel.IncidentReading;
import dev.muster.readmodel.IncidentViews;
import java.util.Optional;

/** One incident: what it is, who does what, when it reached what, and its timeline. */
final class IncidentPage {

  private final IncidentViews views;

  IncidentPage(IncidentViews views) {
    this.views = views;
  }

  RouteAnswer show(Visit visit) {
    return visit
        .incident()
        .flatMap(id -> views.reading(id, visit.viewer(), reading -> page(reading, visit)))
        .orElseGet(() -> MissingPage.show(visit));
  }

  private static RouteAnswer page(IncidentReading reading, Visit visit) {
    Incident incident = reading.incident();
    Tag facts =
        Tag.of("div", "aside")
            .attr("id", "facts")
            .flag("data-live")
            .add(TasksPart.of(reading.tasks()))
            .add(MilestonesPart.of(incident))
            .add(AlertsPart.of(reading.attached(AlertsPart.MOST)));
    Tag main =
        Tag.of("main", "page")
            .add(head(reading, visit))
            .add(Tag.of("div", "columns").add(facts, TimelinePart.show(reading, visit)));
    return Frame.page(200, incident.id() + " " + incident.title(), visit, main);
  }

  private static Tag head(IncidentReading reading, Visit visit) {
    Incident incident = reading.incident();
    Tag line =
        Tag.of("p", "board-line")
            .add(
                Tag.of("span", "mono muted").text(incident.id().toString()),
                Parts.severity(incident.severity()),
                Parts.status(incident.status()))
            .add(incident.closing().map(closing -> closing(closing, visit)))
            .add(IncidentTable.marks(incident));
    return Tag.of("header", "incident-head")
        .attr("id", "head")
        .flag("data-live")
        .add(
            line,
            Tag.of("h1", "page-title").add(Parts.foreign(incident.title())),
            ways(reading, visit),
            facts(incident));
  }

  private static Tag closing(Closing closing, Visit visit) {
    Tag words = Parts.muted("as " + closing.reason().word().replace('_', ' '));
    closing
        .duplicateOf()
        .ifPresent(
            id ->
                words
                    .text(" of ")
                    .add(Tag.of("a").href(visit.links().incident(id)).text(id.toString())));
    return words;
  }

  private static Tag ways(IncidentReading reading, Visit visit) {
    Incident incident = reading.incident();
    Tag ways = Tag.of("div", "card-actions");
    for (Space space : incident.spaces()) {
      ways.add(Parts.button(space.url(), "Open #" + space.name(), "btn-primary"));
    }
    if (reading.isDrafted()) {
      ways.add(Parts.button(visit.links().postmortem(incident.id()), "Postmortem", ""));
    }
    return ways;
  }

  private static Tag facts(Incident incident) {
    Tag facts = Tag.of("dl", "facts");
    for (Role role : Role.values()) {
      Optional<Tag> holder = incident.holder(role).map(person -> Parts.foreign(person.name()));
      if (role == Role.COMMANDER) {
        facts.add(Parts.fact("Commander", holder.orElseGet(() -> Parts.muted("nobody yet"))));
      } else {
        facts.add(holder.map(name -> Parts.fact(Parts.capital(role.word()), name)));
      }
    }
    Tag impact =
        incident.impact().isBlank()
            ? Parts.muted("not known yet")
            : Parts.foreign(incident.impact());
    facts.add(Parts.fact("Impact", impact));
    if (!incident.services().isEmpty()) {
      facts.add(Parts.fact("Affected", Parts.foreign(String.join(", ", incident.services()))));
    }
    return facts
        .add(Parts.declared(incident).map(at -> Parts.fact("Declared", Parts.since(at))))
        .add(incident.nextUpdate().map(at -> Parts.fact("Next update by", Parts.due(at))));
  }
}
