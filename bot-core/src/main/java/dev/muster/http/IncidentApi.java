// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.postmortem.Postmortem;
import dev.muster.postmortem.PostmortemMarkdown;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.Page;
import dev.muster.readmodel.Viewer;
import dev.muster.store.AlertRecord;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The reading half of the API under {@code /api/v1}. */
final class IncidentApi {

  private static final String BASE = "/api/v1";

  private final IncidentViews views;
  private final Function<RouteRequest, Viewer> viewer;

  IncidentApi(IncidentViews views, Function<RouteRequest, Viewer> viewer) {
    this.views = views;
    this.viewer = viewer;
  }

  void contribute(Routes routes) {
    routes.route("GET", BASE + "/incidents", this::list);
    routes.route("GET", BASE + "/incidents/{id}", this::one);
    routes.route("GET", BASE + "/incidents/{id}/timeline", this::timeline);
    routes.route("GET", BASE + "/incidents/{id}/postmortem", this::postmortem);
    routes.route("GET", BASE + "/incidents/{id}/postmortem/edition", this::edition);
    routes.route("GET", BASE + "/alerts", this::alerts);
    routes.route("GET", BASE + "/alerts/{id}", this::alert);
    routes.route("GET", BASE + "/journal", this::journal);
    routes.route("GET", BASE + "/search", this::search);
  }

  private RouteAnswer list(RouteRequest request) {
    Viewer who = viewer.apply(request);
    Page<Incident> page =
        views.list(
            QueryWords.words(request, "status", IncidentStatus.class, IncidentStatus::parse),
            QueryWords.words(request, "severity", Severity.class, Severity::parse),
            request.query("q").orElse(""),
            who,
            String.valueOf(QueryWords.position(request, "cursor")),
            QueryWords.limit(request, 50, 200));
    ObjectNode out = Answers.JSON.createObjectNode();
    ArrayNode items = out.putArray("items");
    for (Incident incident : page.items()) {
      items.add(WireIncidents.incident(incident, views.alertsOf(incident.id(), who)));
    }
    out.put("next", page.next().orElse(null));
    return Answers.json(200, out);
  }

  private Optional<IncidentId> id(RouteRequest request) {
    return IncidentId.parse(request.pathPart("id"));
  }

  private RouteAnswer one(RouteRequest request) {
    Viewer who = viewer.apply(request);
    return id(request)
        .flatMap(id -> views.find(id, who))
        .map(
            incident ->
                Answers.json(
                    200, WireIncidents.incident(incident, views.alertsOf(incident.id(), who))))
        .orElseGet(() -> Answers.problem(ApiProblem.NOT_FOUND));
  }

  private RouteAnswer timeline(RouteRequest request) {
    long after = QueryWords.position(request, "after");
    int limit = QueryWords.limit(request, 100, 500);
    var kinds =
        QueryWords.words(request, "kind", EntryKind.class, QueryWords.names(EntryKind.class));
    return id(request)
        .flatMap(id -> views.timeline(id, viewer.apply(request), after, limit, kinds))
        .map(IncidentApi::entries)
        .orElseGet(() -> Answers.problem(ApiProblem.NOT_FOUND));
  }

  private RouteAnswer journal(RouteRequest request) {
    var kinds =
        QueryWords.words(request, "kind", EntryKind.class, QueryWords.names(EntryKind.class));
    long after = QueryWords.position(request, "after");
    return entries(views.journal(after, QueryWords.limit(request, 100, 500), kinds));
  }

  private static RouteAnswer entries(Page<TimelineEntry> page) {
    ObjectNode out = Answers.JSON.createObjectNode();
    ArrayNode items = out.putArray("items");
    page.items().forEach(entry -> items.add(WireIncidents.entry(entry)));
    out.put("next", page.next().orElse(null));
    return Answers.json(200, out);
  }

  private RouteAnswer postmortem(RouteRequest request) {
    boolean markdown =
        request.header("Accept").filter(accept -> accept.contains("text/markdown")).isPresent();
    return drafted(
        request,
        postmortem -> {
          if (!markdown) {
            return Answers.json(200, WireIncidents.postmortem(postmortem));
          }
          byte[] text = PostmortemMarkdown.render(postmortem).getBytes(StandardCharsets.UTF_8);
          return new RouteAnswer.Bytes(200, "text/markdown; charset=utf-8", text, Map.of());
        });
  }

  private RouteAnswer edition(RouteRequest request) {
    return drafted(request, postmortem -> Answers.json(200, WireIncidents.edition(postmortem)));
  }

  private RouteAnswer drafted(RouteRequest request, Function<Postmortem, RouteAnswer> then) {
    Optional<Optional<Postmortem>> found =
        id(request).flatMap(id -> views.postmortem(id, viewer.apply(request)));
    if (found.isEmpty()) {
      return Answers.problem(ApiProblem.NOT_FOUND);
    }
    return found
        .get()
        .map(then)
        .orElseGet(
            () ->
                Answers.problem(
                    404, "not_drafted", "The postmortem is drafted when the incident is closed."));
  }

  private RouteAnswer alerts(RouteRequest request) {
    boolean firing = request.query("status").filter("firing"::equalsIgnoreCase).isPresent();
    Page<AlertRecord> page =
        views.alerts(
            firing,
            viewer.apply(request),
            request.query("cursor").orElse(""),
            QueryWords.limit(request, 50, 200));
    ObjectNode out = Answers.JSON.createObjectNode();
    ArrayNode items = out.putArray("items");
    page.items().forEach(alert -> items.add(WireIncidents.alert(alert)));
    out.put("next", page.next().orElse(null));
    return Answers.json(200, out);
  }

  private RouteAnswer alert(RouteRequest request) {
    return views
        .alert(request.pathPart("id"), viewer.apply(request))
        .map(alert -> Answers.json(200, WireIncidents.alert(alert)))
        .orElseGet(() -> Answers.problem(ApiProblem.NOT_FOUND));
  }

  private RouteAnswer search(RouteRequest request) {
    String words = request.query("q").orElse("").strip();
    ObjectNode out = Answers.JSON.createObjectNode();
    ArrayNode items = out.putArray("items");
    List<TimelineEntry> found =
        words.isEmpty()
            ? List.of()
            : views.search(words, viewer.apply(request), QueryWords.limit(request, 20, 200));
    for (TimelineEntry entry : found) {
      ObjectNode item = WireIncidents.entry(entry);
      item.put("incident", entry.stream().incident().map(Object::toString).orElse(null));
      items.add(item);
    }
    out.putNull("next");
    return Answers.json(200, out);
  }
}
