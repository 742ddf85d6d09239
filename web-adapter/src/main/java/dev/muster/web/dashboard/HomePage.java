// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.readmodel.IncidentViews;
import java.util.List;
import java.util.Set;

/** The start: what is open now, the way into the chat, and how to send a first alert. */
final class HomePage {

  private static final int LATEST = 5;

  private final IncidentViews views;

  HomePage(IncidentViews views) {
    this.views = views;
  }

  RouteAnswer show(Visit visit) {
    List<Incident> open = OpenIncidents.of(views, visit.viewer());
    List<Incident> done =
        views
            .list(
                Set.of(IncidentStatus.RESOLVED, IncidentStatus.CLOSED),
                Set.of(),
                "",
                visit.viewer(),
                "",
                LATEST)
            .items();
    Tag main =
        Tag.of("main", "page")
            .add(head(open, visit), now(open, visit), latest(done, visit))
            .add(firstAlert(visit, open.isEmpty() && done.isEmpty()));
    return Frame.page(200, "Home", visit, main);
  }

  private static Tag head(List<Incident> open, Visit visit) {
    Tag title =
        Tag.of("h1", "page-title")
            .attr("id", "count")
            .flag("data-live")
            .text(OpenIncidents.count(open));
    return Tag.of("div", "page-head")
        .add(title)
        .add(Parts.button(visit.links().chat(), "Open the chat", "btn-primary btn-large"));
  }

  private static Tag now(List<Incident> open, Visit visit) {
    Tag part = Tag.of("section").attr("id", "open").flag("data-live");
    return part.add(open.isEmpty() ? calm() : IncidentTable.of(open, visit.links()));
  }

  private static Tag calm() {
    return Tag.of("div", "empty card")
        .add(
            Tag.of("strong").text("Nothing is on fire."),
            Tag.of("p")
                .text("Declare an incident in the chat with ")
                .add(Tag.of("code", "mono").text("/incident declare"))
                .text(", or let an alert do it."));
  }

  private static Tag latest(List<Incident> done, Visit visit) {
    Tag part = Tag.of("section", "part").attr("id", "latest").flag("data-live");
    if (done.isEmpty()) {
      return part;
    }
    return part.add(
        Tag.of("h2").text("Lately resolved or closed"),
        IncidentTable.of(done, visit.links()),
        Tag.of("p").add(Tag.of("a").href(visit.links().incidents()).text("All incidents")));
  }

  private static Tag firstAlert(Visit visit, boolean opened) {
    Tag steps =
        Tag.of("div", "steps")
            .add(
                Tag.of("p")
                    .text(
                        "Send this from a terminal on this machine. The alert says it is critical,"
                            + " so by the rules of a fresh start it declares a SEV2; send it again"
                            + " and nothing doubles."),
                Tag.of("pre", "command")
                    .attr("id", "first-alert")
                    .add(Tag.of("code").text(command(visit.origin()))),
                Tag.of("p")
                    .add(
                        Tag.of("button", "btn")
                            .attr("type", "button")
                            .attr("data-copy", "first-alert")
                            .flag("hidden")
                            .text("Copy the command")));
    Tag whole = Tag.of("details", "part").add(Tag.of("summary").text("Send a first alert"), steps);
    return opened ? whole.flag("open") : whole;
  }

  private static String command(String origin) {
    return """
    curl -X POST %s/alerts/alertmanager \\
      -H 'Content-Type: application/json' \\
      -d '{"alerts": [{"status": "firing",
            "labels": {"alertname": "CheckoutErrors", "severity": "critical", \
    "service": "checkout"},
            "annotations": {"summary": "One in five checkouts fails"}}]}'\
    """
        .formatted(origin);
  }
}
