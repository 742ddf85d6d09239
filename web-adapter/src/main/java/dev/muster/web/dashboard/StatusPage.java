// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.Viewer;
import java.util.List;

/**
 * What everybody may know: title, severity and status of open incidents. Neither private incidents
 * nor drills, neither people nor channels; whoever looks sees the same.
 */
final class StatusPage {

  private final IncidentViews views;

  StatusPage(IncidentViews views) {
    this.views = views;
  }

  RouteAnswer show() {
    List<Incident> open =
        OpenIncidents.of(views, Viewer.ANYBODY).stream()
            .filter(incident -> !incident.isPrivate() && !incident.drill())
            .toList();
    Tag live = Tag.of("div").attr("id", "status").flag("data-live");
    Tag banner = Tag.of("p", open.isEmpty() ? "banner banner-good" : "banner banner-bad");
    live.add(banner.text(OpenIncidents.count(open) + "."));
    Tag list = Tag.of("ul", "public");
    open.forEach(incident -> list.add(entry(incident)));
    live.add(list);
    Tag main =
        Tag.of("main", "page page-narrow")
            .add(
                Tag.of("div", "page-head").add(Tag.of("h1", "page-title").text("Service status")),
                live);
    return Frame.bare("Service status", main);
  }

  private static Tag entry(Incident incident) {
    Tag line =
        Tag.of("p", "board-line")
            .add(Parts.severity(incident.severity()), Parts.status(incident.status()));
    return Tag.of("li", "card")
        .add(Tag.of("h2", "card-title").add(Parts.foreign(incident.title())), line)
        .add(
            Tag.of("p", "muted")
                .text(size(incident.severity()) + " " + progress(incident.status())));
  }

  private static String size(Severity severity) {
    return switch (severity) {
      case SEV1 -> "The service cannot be used.";
      case SEV2 -> "An important part does not work.";
      case SEV3 -> "Something is slow or broken; there is a way around.";
      case SEV4 -> "No effect is felt yet.";
    };
  }

  private static String progress(IncidentStatus status) {
    return switch (status) {
      case INVESTIGATING -> "We are looking for what is wrong.";
      case IDENTIFIED -> "We know what is wrong and work on it.";
      case MITIGATED -> "The impact has stopped; we are making sure that it stays so.";
      case RESOLVED, CLOSED -> "The service is normal.";
    };
  }
}
