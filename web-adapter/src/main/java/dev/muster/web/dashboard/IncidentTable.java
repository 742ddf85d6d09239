// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.incident.Incident;
import java.util.List;
import java.util.stream.Stream;

/** Incidents one below the other; on a phone each becomes a small card. */
final class IncidentTable {

  private IncidentTable() {}

  static Tag of(List<Incident> incidents, Links links) {
    Tag head = Tag.of("tr");
    for (String title : List.of("Severity", "Incident", "Status", "Commander", "Declared")) {
      head.add(Tag.of("th").attr("scope", "col").text(title));
    }
    Tag body = Tag.of("tbody");
    incidents.forEach(incident -> body.add(row(incident, links)));
    Tag table = Tag.of("table", "table incidents").add(Tag.of("thead").add(head), body);
    return Tag.of("div", "table-wrap").add(table);
  }

  private static Tag row(Incident incident, Links links) {
    Tag title =
        Tag.of("a", "row-title")
            .href(links.incident(incident.id()))
            .add(Tag.of("span", "mono muted").text(incident.id().toString()))
            .text(" ")
            .add(Parts.foreign(incident.title()));
    return Tag.of("tr")
        .add(
            cell("severity").add(Parts.severity(incident.severity())),
            cell("incident").add(title).add(marks(incident)),
            cell("status").add(Parts.status(incident.status())),
            cell("commander").add(Parts.commander(incident)),
            cell("declared").add(Parts.declared(incident).map(Parts::since)));
  }

  private static Tag cell(String name) {
    return Tag.of("td", "cell-" + name);
  }

  /** Words for what is unusual about an incident. */
  static List<Tag> marks(Incident incident) {
    List<Tag> drill = incident.drill() ? List.of(Parts.chip("Drill")) : List.of();
    List<Tag> secret = incident.isPrivate() ? List.of(Parts.chip("Private")) : List.of();
    return Stream.concat(drill.stream(), secret.stream()).toList();
  }
}
