// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.Page;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All incidents, newest first, with filters by status, severity and words of the title. */
final class ListPage {

  private static final int ROWS = 50;
  private static final int LONGEST_SEARCH = 200;
  private static final String OPEN = "open";

  private final IncidentViews views;

  /** What the visitor asked for; words that mean nothing here ask for everything. */
  private record Wanted(String status, String severity, String words, String cursor) {

    static Wanted of(Visit visit) {
      String status = visit.query("status").toLowerCase(Locale.ROOT);
      boolean known = status.equals(OPEN) || IncidentStatus.parse(status).isPresent();
      return new Wanted(
          known ? status : "",
          Severity.parse(visit.query("severity")).map(Severity::name).orElse(""),
          ShownText.beginning(visit.query("q"), LONGEST_SEARCH),
          visit.number("cursor").map(String::valueOf).orElse(""));
    }

    Set<IncidentStatus> statuses() {
      if (status.equals(OPEN)) {
        return OpenIncidents.STATUSES;
      }
      Set<IncidentStatus> one = EnumSet.noneOf(IncidentStatus.class);
      IncidentStatus.parse(status).ifPresent(one::add);
      return one;
    }

    Set<Severity> severities() {
      return Severity.parse(severity).map(Set::of).orElse(Set.of());
    }

    boolean isEverything() {
      return status.isEmpty() && severity.isEmpty() && words.isEmpty();
    }

    String address(Links links, String next) {
      return links.to(
          "/incidents", "status", status, "severity", severity, "q", words, "cursor", next);
    }
  }

  ListPage(IncidentViews views) {
    this.views = views;
  }

  RouteAnswer show(Visit visit) {
    Wanted wanted = Wanted.of(visit);
    Page<Incident> page =
        views.list(
            wanted.statuses(),
            wanted.severities(),
            wanted.words(),
            visit.viewer(),
            wanted.cursor(),
            ROWS);
    Tag list = Tag.of("section").attr("id", "list").flag("data-live");
    list.add(
        page.items().isEmpty()
            ? nothing(visit, wanted)
            : IncidentTable.of(page.items(), visit.links()));
    Tag main =
        Tag.of("main", "page")
            .add(
                Tag.of("div", "page-head").add(Tag.of("h1", "page-title").text("Incidents")),
                filters(visit, wanted),
                list)
            .add(turning(visit, wanted, page.next()));
    return Frame.page(200, "Incidents", visit, main);
  }

  private static Tag filters(Visit visit, Wanted wanted) {
    Tag form =
        Tag.of("form", "filters")
            .action("/incidents")
            .attr("method", "get")
            .attr("role", "search")
            .add(search(wanted.words()))
            .add(choice("status", "Status", wanted.status(), statuses()))
            .add(choice("severity", "Severity", wanted.severity(), severities()))
            .add(Tag.of("button", "btn btn-primary").attr("type", "submit").text("Show"));
    visit
        .links()
        .as()
        .ifPresent(
            name ->
                form.add(
                    Tag.of("input").attr("type", "hidden").attr("name", "as").attr("value", name)));
    return form;
  }

  private static Tag search(String words) {
    return Tag.of("div", "field field-wide")
        .add(
            Tag.of("label").attr("for", "q").text("Words in the title"),
            Tag.of("input")
                .attr("id", "q")
                .attr("name", "q")
                .attr("type", "search")
                .attr("maxlength", String.valueOf(LONGEST_SEARCH))
                .attr("value", words));
  }

  private static List<String[]> statuses() {
    Stream<String[]> each =
        Stream.of(IncidentStatus.values())
            .map(status -> new String[] {status.word(), Parts.capital(status.word())});
    return Stream.concat(Stream.<String[]>of(new String[] {OPEN, "Open"}), each).toList();
  }

  private static List<String[]> severities() {
    return Stream.of(Severity.values())
        .map(severity -> new String[] {severity.name(), severity.name()})
        .toList();
  }

  private static Tag choice(String name, String label, String chosen, List<String[]> options) {
    Tag select = Tag.of("select").attr("id", name).attr("name", name);
    select.add(Tag.of("option").attr("value", "").text("Any"));
    for (String[] option : options) {
      Tag one = Tag.of("option").attr("value", option[0]).text(option[1]);
      select.add(option[0].equals(chosen) ? one.flag("selected") : one);
    }
    return Tag.of("div", "field").add(Tag.of("label").attr("for", name).text(label), select);
  }

  private static Tag nothing(Visit visit, Wanted wanted) {
    if (wanted.isEverything()) {
      return Tag.of("div", "empty card")
          .add(
              Tag.of("strong").text("There has been no incident yet."),
              Tag.of("p")
                  .add(Tag.of("a").href(visit.links().to("/")).text("Send a first alert"))
                  .text(" or declare one in the chat."));
    }
    return Tag.of("div", "empty card")
        .add(
            Tag.of("strong").text("No incident fits."),
            Tag.of("p")
                .add(Tag.of("a").href(visit.links().incidents()).text("Show all incidents")));
  }

  private static Tag turning(Visit visit, Wanted wanted, Optional<String> next) {
    Tag nav = Tag.of("nav", "turning").attr("aria-label", "Pages of the list");
    if (!wanted.cursor().isEmpty()) {
      nav.add(Parts.button(wanted.address(visit.links(), ""), "Newest", ""));
    }
    next.ifPresent(
        cursor -> {
          Tag older = Parts.button(wanted.address(visit.links(), cursor), "Older", "");
          nav.add(older.attr("rel", "next"));
        });
    return nav;
  }
}
