// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.incident.Incident;
import dev.muster.incident.Severity;
import dev.muster.readmodel.IncidentViews;
import java.util.List;

/** For a screen on a wall: open incidents, large, by severity. */
final class BoardPage {

  private final IncidentViews views;

  BoardPage(IncidentViews views) {
    this.views = views;
  }

  RouteAnswer show(Visit visit) {
    List<Incident> open = OpenIncidents.of(views, visit.viewer());
    Tag live = Tag.of("div", "board").attr("id", "board").flag("data-live");
    live.add(Tag.of("h1", "board-count").text(OpenIncidents.count(open)));
    if (open.isEmpty()) {
      live.add(Tag.of("p", "board-calm muted").text("All quiet."));
    }
    for (Severity severity : Severity.values()) {
      List<Incident> these =
          open.stream().filter(incident -> incident.severity() == severity).toList();
      if (!these.isEmpty()) {
        live.add(group(severity, these, visit.links()));
      }
    }
    return Frame.bare("Board", Tag.of("main", "wall").add(live));
  }

  private static Tag group(Severity severity, List<Incident> incidents, Links links) {
    Tag list = Tag.of("ul", "board-list");
    incidents.forEach(incident -> list.add(card(incident, links)));
    return Tag.of("section", "board-group board-" + (severity.ordinal() + 1))
        .add(Tag.of("h2").add(Parts.severity(severity)), list);
  }

  private static Tag card(Incident incident, Links links) {
    Tag title =
        Tag.of("h3", "board-title")
            .add(
                Tag.of("a")
                    .href(links.incident(incident.id()))
                    .add(Parts.foreign(incident.title())));
    Tag facts =
        Tag.of("dl", "board-facts")
            .add(Parts.fact("Commander", Parts.commander(incident)))
            .add(Parts.declared(incident).map(at -> Parts.fact("Declared", Parts.since(at))))
            .add(incident.nextUpdate().map(at -> Parts.fact("Next update by", Parts.due(at))));
    Tag line =
        Tag.of("p", "board-line")
            .add(
                Tag.of("span", "mono muted").text(incident.id().toString()),
                Parts.status(incident.status()))
            .add(IncidentTable.marks(incident));
    return Tag.of("li", "card board-card").add(line, title, facts);
  }
}
