// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.spi.PagesFactory;
import dev.muster.incident.Actor;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.IncidentTask;
import dev.muster.incident.Milestone;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.OperatorNotices;
import dev.muster.readmodel.Viewer;
import dev.muster.store.AlertRecord;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRequest;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A store with incidents, and the pages over it, asked without a server. */
final class PageWorld implements PagesFactory.Routes, AutoCloseable {

  static final Person ADA = new Person(new UserRef("web", "ada"), "Ada");

  /** An empty database with its tables, made once. */
  private static final byte[] EMPTY = empty();

  private final ManualClock clock = ManualClock.atNoon();
  private final SqlStore store;
  private final Map<String, RouteHandler> routes = new LinkedHashMap<>();
  private RouteHandler missing;

  /** What a test says about an incident; the rest is usual. */
  record Sketch(
      String title, Severity severity, IncidentStatus status, boolean isPrivate, boolean drill) {
    static Sketch of(String title, Severity severity) {
      return new Sketch(title, severity, IncidentStatus.INVESTIGATING, false, false);
    }

    Sketch at(IncidentStatus now) {
      return new Sketch(title, severity, now, isPrivate, drill);
    }

    Sketch asPrivate() {
      return new Sketch(title, severity, status, true, drill);
    }

    Sketch asDrill() {
      return new Sketch(title, severity, status, isPrivate, true);
    }
  }

  PageWorld(Path folder) {
    Path file = folder.resolve("muster.db");
    try {
      Files.write(file, EMPTY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store = open(file, clock);
    new DashboardPages()
        .contribute(
            new PagesFactory.Site(
                new IncidentViews(store),
                new OperatorNotices(store),
                PageWorld::viewer,
                Optional.empty(),
                this));
  }

  private static byte[] empty() {
    try {
      Path folder = Files.createTempDirectory("empty-pages");
      Path file = folder.resolve("muster.db");
      open(file, ManualClock.atNoon()).close();
      byte[] content = Files.readAllBytes(file);
      try (var left = Files.walk(folder)) {
        for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SqlStore open(Path file, ManualClock clock) {
    AtomicLong ids = new AtomicLong();
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + file,
            clock,
            () -> "id-%09d".formatted(ids.incrementAndGet()),
            new Telemetry());
    if (opening instanceof StoreOpening.Opened opened) {
      return opened.store();
    }
    throw new IllegalStateException(opening.toString());
  }

  private static Viewer viewer(RouteRequest request) {
    return request
        .query("as")
        .filter(name -> name.matches("[a-z0-9._-]{1,64}"))
        .map(name -> Viewer.of(new UserRef("web", name)))
        .orElse(Viewer.ANYBODY);
  }

  @Override
  public void route(String method, String path, RouteHandler handler) {
    routes.put(path, handler);
  }

  @Override
  public void otherwise(RouteHandler handler) {
    missing = handler;
  }

  @Override
  public void close() {
    store.close();
  }

  /** Stores an incident with one member, its commander, and a channel; returns its id. */
  IncidentId declare(Sketch sketch, Person commander, String channel, String url) {
    return store.run(
        tx -> {
          IncidentId id = tx.incidents().nextId();
          Instant now = clock.instant();
          Space space = new Space(new ChannelRef("web", "c-" + id), channel, url);
          tx.incidents()
              .save(
                  new Incident(
                      id,
                      sketch.title(),
                      sketch.severity(),
                      sketch.status(),
                      Optional.empty(),
                      Map.of(Role.COMMANDER, commander),
                      List.of(space),
                      Map.of(
                          Milestone.DETECTED, now,
                          Milestone.DECLARED, now,
                          Milestone.ACKNOWLEDGED, now.plus(Duration.ofMinutes(4))),
                      "",
                      List.of("checkout"),
                      sketch.isPrivate(),
                      sketch.drill(),
                      Optional.of(now.plus(Duration.ofMinutes(30))),
                      Set.of(commander.ref()),
                      new Incident.Declarer("person", "web:ada", "Ada"),
                      true,
                      1));
          Map<String, Object> data = Map.of("severity", sketch.severity().name());
          NewEntry declared =
              NewEntry.of(
                  now, EntryKind.INCIDENT_DECLARED, new Actor.Human(commander), sketch.title());
          tx.timeline().append(Stream.of(id), declared.with(data), now);
          return id;
        });
  }

  IncidentId declare(Sketch sketch) {
    return declare(sketch, ADA, "inc", "http://localhost:8080/chat#/inc");
  }

  /** Appends facts at once and returns the place of the last. */
  long append(IncidentId id, List<NewEntry> entries) {
    return store.run(
        tx -> {
          entries.forEach(entry -> tx.timeline().append(Stream.of(id), entry, clock.instant()));
          return tx.timeline().lastSeq(Stream.of(id));
        });
  }

  long say(IncidentId id, EntryKind kind, String text, Map<String, Object> data) {
    return append(id, List.of(said(kind, text).with(data)));
  }

  NewEntry said(EntryKind kind, String text) {
    return NewEntry.of(clock.instant(), kind, new Actor.Human(ADA), text);
  }

  void close(IncidentId id, Closing closing) {
    store.run(
        tx -> {
          Incident open = tx.incidents().find(id).orElseThrow();
          IncidentEvent closed =
              new IncidentEvent.StatusChanged(
                  open.status(), IncidentStatus.CLOSED, Optional.of(closing));
          tx.incidents()
              .save(IncidentHistory.after(open, closed, new Actor.Human(ADA), clock.instant()));
          return null;
        });
  }

  void task(IncidentTask task) {
    task(task, task.open());
  }

  /** Keeps a task, which is not worked on here when it has moved. */
  void task(IncidentTask task, boolean open) {
    store.run(
        tx -> {
          String key = task.incident() + "/" + task.number();
          tx.all(IncidentTask.class).save(key, task.incident(), open, task);
          return null;
        });
  }

  void attach(IncidentId id, String title, String url, Map<String, String> labels) {
    AlertKey key = AlertKey.ofLabels("alertmanager", labels);
    Instant now = clock.instant();
    Alert alert =
        new Alert(
            key,
            Alert.Status.FIRING,
            title,
            "critical",
            labels,
            Map.of("summary", title),
            now,
            Optional.empty(),
            url,
            List.of());
    store.run(
        tx -> {
          tx.alerts()
              .save(
                  new AlertRecord(
                      "alert-" + id.number(),
                      alert,
                      Optional.of(id),
                      "",
                      "declared",
                      2,
                      now,
                      now,
                      Optional.empty()));
          return null;
        });
  }

  RouteAnswer.Bytes get(String target) {
    TestRequest request =
        TestRequest.of("GET", target, Map.of("Host", "localhost:8080"), new byte[0]);
    try {
      for (Map.Entry<String, RouteHandler> route : routes.entrySet()) {
        Optional<String> id = match(route.getKey(), request.path());
        if (id.isPresent()) {
          return (RouteAnswer.Bytes) route.getValue().handle(with(request, id.get()));
        }
      }
      return (RouteAnswer.Bytes) missing.handle(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestRequest with(TestRequest request, String id) {
    return new TestRequest(
        request.method(),
        request.path(),
        request.query(),
        request.headers(),
        request.content(),
        Map.of("id", id));
  }

  /**
   * The part of the path that stands where the pattern has its name; empty when it does not fit.
   */
  private static Optional<String> match(String pattern, String path) {
    int brace = pattern.indexOf("{id}");
    if (brace < 0) {
      return pattern.equals(path) ? Optional.of("") : Optional.empty();
    }
    String end = pattern.substring(brace + 4);
    boolean fits =
        path.startsWith(pattern.substring(0, brace))
            && path.endsWith(end)
            && path.length() > brace + end.length();
    String part = fits ? path.substring(brace, path.length() - end.length()) : "/";
    return part.contains("/") ? Optional.empty() : Optional.of(part);
  }

  String page(String target) {
    return new String(get(target).body(), StandardCharsets.UTF_8);
  }
}
