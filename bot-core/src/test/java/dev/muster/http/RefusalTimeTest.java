// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.chat.spi.Secret;
import dev.muster.config.AlertSource;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.Viewer;
import dev.muster.signin.ApiTokens;
import dev.muster.signin.Dice;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Refusals that look alike take alike: the processor time of one thread, the two kinds in turn, so
 * that whatever else the machine does meets both.
 */
class RefusalTimeTest {

  private static final int ROUNDS = 150;
  private static final int AT_ONCE = 40;
  private static final Person ADA = new Person(new UserRef("web", "ada"), "Ada");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final Map<String, RouteHandler> routes = new HashMap<>();
  private SqlStore store;

  /** Keeps routes to call them without a server. */
  private final class Kept implements Routes {
    @Override
    public void route(String method, String path, RouteHandler handler) {
      routes.put(method + " " + path, handler);
    }

    @Override
    public void otherwise(RouteHandler handler) {
      routes.put("", handler);
    }
  }

  @BeforeEach
  void open() {
    String url = "jdbc:sqlite:" + folder.resolve("muster.db");
    StoreOpening opening = SqlStore.open(url, clock, () -> "id", new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static TestRequest asking(Map<String, String> parts, Map<String, String> headers) {
    return new TestRequest("GET", "/", Map.of(), headers, new byte[0], parts);
  }

  /** Returns how much of the time of the second the first takes, in the middle of all rounds. */
  private double share(String route, int status, RouteRequest first, RouteRequest second)
      throws IOException {
    RouteHandler handler = routes.get(route);
    double[] firsts = new double[ROUNDS];
    double[] seconds = new double[ROUNDS];
    for (int i = -ROUNDS; i < ROUNDS; i++) {
      boolean turned = i % 2 == 0;
      double one = time(handler, status, turned ? second : first);
      double other = time(handler, status, turned ? first : second);
      if (i >= 0) {
        firsts[i] = turned ? other : one;
        seconds[i] = turned ? one : other;
      }
    }
    Arrays.sort(firsts);
    Arrays.sort(seconds);
    double share = firsts[ROUNDS / 2] / seconds[ROUNDS / 2];
    System.out.printf(
        "%s: %.1f µs and %.1f µs, %.3f%n",
        route, firsts[ROUNDS / 2] / AT_ONCE / 1000, seconds[ROUNDS / 2] / AT_ONCE / 1000, share);
    return share;
  }

  private static double time(RouteHandler handler, int status, RouteRequest request)
      throws IOException {
    long began = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < AT_ONCE; i++) {
      RouteAnswer answer = handler.handle(request);
      assertEquals(status, TestRequest.status(answer));
    }
    return THREADS.getCurrentThreadCpuTime() - began;
  }

  private static void assertAlike(double share) {
    assertTrue(share > 0.9 && share < 1.1, "the one takes " + share + " of the other");
  }

  /** Whoever is refused never gets as far as the engine, so none is needed. */
  @Test
  void alerts_ofAnUnknownSourceOrWithAWrongToken_takeTheSameTime() throws IOException {
    Secret token = Secret.of("0f9c8e7d6b5a49382716055443322110");
    AlertSource source =
        new AlertSource(
            "alertmanager", AlertSource.Kind.ALERTMANAGER, token, null, List.of("resolved"));
    Random random = new Random(1);
    ApiTokens tokens = new ApiTokens(store, clock, new Dice(random::nextBytes), entry -> {});
    Telemetry telemetry = new Telemetry();
    AlertsAside aside = new AlertsAside(clock, () -> "id", telemetry);
    new AlertRoutes(null, () -> List.of(source), clock, telemetry, request -> false, tokens, aside)
        .contribute(new Kept());
    for (String guess : List.of("guess", "muster_0123456789ab_" + "x".repeat(43), "")) {
      Map<String, String> headers = Map.of("Authorization", "Bearer " + guess);
      RouteRequest wrong = asking(Map.of("source", "alertmanager"), headers);
      RouteRequest unknown = asking(Map.of("source", "alertmanagex"), headers);

      assertAlike(share("POST /alerts/{source}", 401, wrong, unknown));
    }
  }

  @Test
  void incidents_thatAreHiddenOrNone_takeTheSameTime() throws IOException {
    store.run(
        tx -> {
          for (int number = 1; number <= 200; number++) {
            IncidentEvent.Declared declared =
                new IncidentEvent.Declared(
                    new IncidentId(number),
                    "quiet " + "words ".repeat(30),
                    Severity.SEV2,
                    List.of("checkout"),
                    number == 100,
                    false,
                    Optional.empty());
            tx.incidents()
                .save(IncidentHistory.begin(declared, new Actor.Human(ADA), clock.instant()));
          }
          return true;
        });
    Viewer li = Viewer.of(new UserRef("web", "li"));
    new IncidentApi(new IncidentViews(store), request -> li).contribute(new Kept());
    RouteRequest hidden = asking(Map.of("id", "INC-100"), Map.of());
    RouteRequest none = asking(Map.of("id", "INC-900"), Map.of());

    for (String path : List.of("", "/timeline", "/postmortem", "/postmortem/edition")) {
      assertAlike(share("GET /api/v1/incidents/{id}" + path, 404, hidden, none));
    }
  }
}
