// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static java.time.ZoneOffset.UTC;

import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * What the application would hand to an adapter, without the application. Routes are called
 * directly, on the caller's thread. Close it to end its executor and client.
 */
public final class TestRuntime implements PlatformRuntime, AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final InstantSource clock;
  private final InstantSource theirs;
  private final Memory memory;
  private final Path files;
  private final AtomicLong lastId = new AtomicLong();
  private final Telemetry telemetry = new Telemetry();
  private final List<Route> routes = new ArrayList<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "test-runtime"));
  private final OkHttpClient http;
  private volatile Record reloaded;

  /**
   * Creates a runtime over the given clock, records and folder. Whoever is called answers with that
   * clock too, as a peer does whose clock is right.
   */
  public TestRuntime(InstantSource clock, Memory memory, Path files) {
    this(clock, memory, files, chain -> chain.proceed(chain.request()));
  }

  /** Creates a runtime whose calls go over a wire with habits of its own. */
  public TestRuntime(InstantSource clock, Memory memory, Path files, Interceptor wire) {
    this(clock, clock, memory, files, wire);
  }

  /** Creates a runtime whose peers have a clock of their own. */
  public TestRuntime(InstantSource clock, InstantSource theirs, Memory memory, Path files) {
    this(clock, theirs, memory, files, chain -> chain.proceed(chain.request()));
  }

  private TestRuntime(
      InstantSource clock, InstantSource theirs, Memory memory, Path files, Interceptor wire) {
    this.clock = clock;
    this.theirs = theirs;
    this.http =
        new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .addNetworkInterceptor(this::dated)
            .addNetworkInterceptor(wire)
            .build();
    this.memory = memory;
    this.files = files;
  }

  /** No silent repeats: the client would follow 503 and no time to wait by the same request. */
  private Response dated(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    boolean atOnce = response.code() == 503 && "0".equals(response.header("Retry-After"));
    Response.Builder dated =
        response
            .newBuilder()
            .removeHeader(Undated.HEADER)
            .header(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.instant().atOffset(UTC)));
    return (atOnce ? dated.header("Retry-After", "1") : dated).build();
  }

  /** Calls the route that fits the request and waits for its answer; 404 when none does. */
  public RouteAnswer call(TestRequest request) {
    RouteAnswer answer = begun(request);
    if (answer instanceof RouteAnswer.Later later) {
      return later.answer().copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
    return answer;
  }

  private RouteAnswer begun(TestRequest request) {
    for (Route route : routes) {
      Map<String, String> parts = new HashMap<>();
      if (route.method().equals(request.method()) && fits(route.path(), request.path(), parts)) {
        try {
          return route.handler().handle(request.withParts(parts));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return RouteAnswer.json(404, "{\"error\":\"not_found\",\"message\":\"No such path.\"}");
  }

  private static boolean fits(String pattern, String path, Map<String, String> parts) {
    String[] wanted = pattern.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        parts.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  /** Lets the configuration have been reloaded, with these settings of the adapter. */
  public void reload(Record settings) {
    reloaded = settings;
  }

  @Override
  public <C extends Record> Optional<C> reloaded(Class<C> type) {
    return Optional.ofNullable(reloaded).filter(type::isInstance).map(type::cast);
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public Supplier<String> ids() {
    return () -> String.format("01TEST%020d", lastId.incrementAndGet());
  }

  @Override
  public ScheduledExecutorService executor() {
    return executor;
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public OkHttpClient http() {
    return http;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public Path files() {
    return files;
  }

  @Override
  public boolean isLocalOnly() {
    return true;
  }

  @Override
  public String publicUrl() {
    return "http://localhost:8080";
  }

  @Override
  public void route(String method, String path, RouteHandler handler) {
    routes.add(new Route(method, path, handler));
  }

  @Override
  public void close() {
    executor.shutdownNow();
    http.dispatcher().executorService().shutdownNow();
    http.connectionPool().evictAll();
  }

  private record Route(String method, String path, RouteHandler handler) {}
}
