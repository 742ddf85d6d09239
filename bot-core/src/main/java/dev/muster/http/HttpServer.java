// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.telemetry.Telemetry;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one inbound server. Routes are registered before {@link #start}; every request passes the
 * gatekeeper first, and every answer carries the same security headers.
 */
public final class HttpServer implements Routes, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int HEADER_BYTES = 16 * 1024;
  private static final String ANSWERED = "muster.answered";
  private static final long STOP_MILLIS = 5_000;

  /** Whoever means well sends a small body at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A large one has so many times as long. */
  private static final int TIMES_FOR_LARGE = 3;

  private final Gatekeeper gatekeeper;
  private final ScheduledExecutorService executor;
  private final Telemetry telemetry;
  private final Duration patience;
  private final List<Route> routes = new ArrayList<>();
  private Route missing;
  private Javalin server;
  private volatile Optional<Shut> shut = Optional.empty();

  /** Why nothing is taken, and the routes that are served all the same. */
  private record Shut(ApiProblem problem, Set<String> still) {}

  /** A route, for checks that go through all of them. */
  public record Known(String method, String path) {}

  private record Route(String method, String path, RouteHandler handler) {}

  /** Makes a server that listens nowhere yet. */
  public HttpServer(Gatekeeper gatekeeper, ScheduledExecutorService executor, Telemetry telemetry) {
    this(gatekeeper, executor, telemetry, PATIENCE);
  }

  /**
   * Makes a server with another patience.
   *
   * @param patience how long a small body may take to come
   */
  HttpServer(
      Gatekeeper gatekeeper,
      ScheduledExecutorService executor,
      Telemetry telemetry,
      Duration patience) {
    this.gatekeeper = gatekeeper;
    this.executor = executor;
    this.telemetry = telemetry;
    this.patience = patience;
  }

  @Override
  public void route(String method, String path, RouteHandler handler) {
    routes.add(new Route(method.toUpperCase(Locale.ROOT), path, handler));
  }

  @Override
  public void otherwise(RouteHandler handler) {
    missing = new Route("GET", "(no route)", handler);
  }

  /**
   * Answers everybody that nothing is taken now, without asking anything but this.
   *
   * @param code a word for programs
   * @param message a sentence for people
   * @param still the paths of routes that are served all the same
   */
  public void shut(String code, String message, Set<String> still) {
    shut = Optional.of(new Shut(new ApiProblem(503, code, message), Set.copyOf(still)));
  }

  /** Serves everything again. */
  public void open() {
    shut = Optional.empty();
  }

  /** Returns whether most routes are shut. */
  boolean isShut() {
    return shut.isPresent();
  }

  private Optional<RouteAnswer> refusal(String path) {
    return shut.filter(now -> !now.still().contains(path))
        .map(now -> Answers.comeAgain(now.problem().code(), now.problem().message()));
  }

  /** Returns every route that is served. */
  public List<Known> known() {
    return routes.stream().map(route -> new Known(route.method(), route.path())).toList();
  }

  /**
   * Begins to listen.
   *
   * @param port 0 picks a free one
   * @return the port, or empty when the address is in use
   */
  public Optional<Integer> start(String host, int port) {
    server = Javalin.create(this::configure);
    try {
      server.start(host, port);
    } catch (RuntimeException e) {
      if (isBindFailure(e)) {
        return Optional.empty();
      }
      throw e;
    }
    Crowd.watchConnections(server.jettyServer().server());
    gatekeeper.listeningOn(server.port());
    return Optional.of(server.port());
  }

  private static boolean isBindFailure(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      boolean taken =
          cause instanceof BindException
              || String.valueOf(cause.getMessage())
                  .toLowerCase(Locale.ROOT)
                  .contains("already in use");
      if (taken) {
        return true;
      }
    }
    return false;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.asyncTimeout = 0;
    config.http.prefer405over404 = true;
    config.jetty.modifyHttpConfiguration(HttpServer::harden);
    DirectRoad direct = new DirectRoad(this::answer, telemetry, patience);
    config.jetty.modifyServer(
        server -> {
          server.setStopTimeout(STOP_MILLIS);
          server.setHandler(direct);
          Crowd.prepare(server);
          server.setErrorHandler(new PlainRefusals());
        });
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new PlainRefusals()));
    for (Route route : routes) {
      config.routes.addHttpHandler(
          HandlerType.findOrDefault(route.method()), route.path(), ctx -> serve(ctx, route));
      RouteHandler handler = unlessShut(route.path(), route.handler());
      direct.offer(route.method(), route.path(), handler);
    }
    config.routes.error(404, ctx -> withoutRoute(ctx, ApiProblem.NOT_FOUND));
    config.routes.error(
        405,
        ctx ->
            withoutRoute(
                ctx,
                new ApiProblem(405, "method_not_allowed", "This address takes another method.")));
  }

  private static void harden(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
  }

  /** Answers what no route took; what a route answered with the same status stays as it is. */
  private void withoutRoute(Context ctx, ApiProblem problem) {
    if (ctx.attribute(ANSWERED) != null) {
      return;
    }
    SecurityHeaders.put(ctx.res());
    boolean browser =
        ctx.req().getMethod().equals("GET")
            && String.valueOf(ctx.header("Accept")).contains("text/html");
    RouteAnswer answer =
        browser && missing != null ? answer(asked(ctx), missing) : Answers.problem(problem);
    write(ctx, (RouteAnswer.Bytes) answer);
  }

  private void serve(Context ctx, Route route) {
    JavalinRequest request = asked(ctx);
    ctx.attribute(ANSWERED, true);
    SecurityHeaders.put(ctx.res());
    RouteAnswer answer = answer(request, route);
    if (answer instanceof RouteAnswer.Bytes bytes) {
      write(ctx, bytes);
    } else if (answer instanceof RouteAnswer.Later later) {
      ctx.future(() -> later.answer().thenAccept(bytes -> write(ctx, bytes)));
    } else if (answer instanceof RouteAnswer.Streamed streamed) {
      streamed.headers().forEach(ctx::header);
      InputStream source = streamed.source().get();
      ctx.status(streamed.status()).contentType(streamed.contentType()).result(source);
    } else {
      stream(ctx, (RouteAnswer.Events) answer, gatekeeper.standing(request));
    }
  }

  private JavalinRequest asked(Context ctx) {
    return new JavalinRequest(ctx, patience.multipliedBy(TIMES_FOR_LARGE));
  }

  private RouteAnswer answer(JavalinRequest request, Route route) {
    RouteHandler guarded =
        asked -> {
          Optional<RouteAnswer> refused = gatekeeper.refusal(request);
          return refused.isPresent() ? refused.get() : route.handler().handle(asked);
        };
    return answer(unlessShut(route.path(), guarded), request, route.path());
  }

  private RouteHandler unlessShut(String path, RouteHandler handler) {
    return asked -> {
      Optional<RouteAnswer> refused = refusal(path);
      return refused.isPresent() ? refused.get() : handler.handle(asked);
    };
  }

  private RouteAnswer answer(RouteHandler handler, RouteRequest request, String path) {
    try {
      RouteAnswer answer = handler.handle(request);
      return answer instanceof RouteAnswer.Later later
          ? new RouteAnswer.Later(later.answer().exceptionally(e -> broken(path, e)))
          : answer;
    } catch (QueryWords.Unreadable e) {
      return Answers.problem(e.problem());
    } catch (SlowSender e) {
      LOG.info("request_slow path={}", path);
      telemetry.count("muster_slow_senders_refused_total", "reason", "too_slow");
      return Answers.comeAgain(
          "too_slow", "The body did not come in time. Please send it again, at once.");
    } catch (IOException e) {
      LOG.info("request_broken path={}", path);
      return Answers.problem(400, "broken_request", "The request ended before its body did.");
    } catch (RuntimeException e) {
      return broken(path, e);
    }
  }

  private static RouteAnswer.Bytes broken(String path, Throwable e) {
    LOG.error("request_failed path={}", path, e);
    return (RouteAnswer.Bytes)
        Answers.problem(
            500, "internal_error", "Something broke on our side. Nothing is known to be lost.");
  }

  private static void write(Context ctx, RouteAnswer.Bytes bytes) {
    bytes.headers().forEach((name, value) -> header(ctx, name, value));
    ctx.status(bytes.status());
    if (!bytes.contentType().isEmpty()) {
      ctx.contentType(bytes.contentType());
    }
    ctx.result(bytes.body());
  }

  /** Each line of a value is a header of its own; only cookies come more than once. */
  private static void header(Context ctx, String name, String value) {
    if (name.equals("Set-Cookie")) {
      value.lines().forEach(line -> ctx.res().addHeader(name, line));
    } else {
      ctx.header(name, value);
    }
  }

  private void stream(Context ctx, RouteAnswer.Events events, BooleanSupplier standing) {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    ctx.res().setStatus(200);
    ctx.res().setContentType("text/event-stream");
    ctx.res().setCharacterEncoding("UTF-8");
    ctx.res().setHeader("Cache-Control", "no-cache");
    ctx.res().setHeader("X-Accel-Buffering", "no");
    ctx.future(
        () -> {
          try {
            EventStream stream =
                new EventStream(ctx.res().getOutputStream(), gone, executor, standing);
            events.begin().accept(stream);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return gone;
        });
  }

  /** Stops listening; requests under way get a few seconds. Safe to call twice. */
  @Override
  public void close() {
    if (server != null) {
      server.stop();
    }
  }
}
