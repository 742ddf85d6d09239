// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.telemetry.Telemetry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The short way of what programs deliver: a plain, small request to a path that checks its callers
 * itself is answered before anything of servlets is set up for it, and keeps no thread while it
 * arrives. Whatever is unusual about a request, a length that is not told or great, a client that
 * asks first, a query, an encoded path, takes the long way, which knows how to treat it. There a
 * body keeps a thread from the first byte on, so that only so many are let in at once: however many
 * senders are slow, what is sent plainly is answered. Both ways give the same answers, and no
 * thread waits for one that comes later.
 */
final class DirectRoad extends Handler.Wrapper {

  private static final Logger LOG = LoggerFactory.getLogger(DirectRoad.class);

  /** Smaller than what any route takes, so none refuses a body of this size as too large. */
  static final int LARGEST_BODY = 256 * 1024;

  /** Fewer than half of the threads there are. */
  static final int MOST_LONG_BODIES = 100;

  /** Answers a request as the long way does, failures included. */
  interface Answering {
    RouteAnswer answer(RouteHandler handler, DirectRequest request, String path);
  }

  /** A route; the name is that of the last part of its path, empty when there is none. */
  private record Stop(String path, String name, RouteHandler handler) {}

  private record Found(Stop stop, String part) {}

  private final Map<String, Stop> whole = new HashMap<>();
  private final Map<String, Stop> beginnings = new HashMap<>();
  private final Answering answering;
  private final Telemetry telemetry;
  private final Duration patience;
  private final Semaphore longBodies = new Semaphore(MOST_LONG_BODIES);

  /**
   * @param patience how long a small body may take to come
   */
  DirectRoad(Answering answering, Telemetry telemetry, Duration patience) {
    this.answering = answering;
    this.telemetry = telemetry;
    this.patience = patience;
  }

  /** Takes a route if it is one for programs: posted to, and guarded by nobody but itself. */
  void offer(String method, String path, RouteHandler handler) {
    boolean own = Permissions.of(method, path).guard() == Permissions.Guard.OWN;
    if (!method.equals("POST") || !own) {
      return;
    }
    int brace = path.indexOf('{');
    if (brace < 0) {
      whole.put(path, new Stop(path, "", handler));
    } else if (path.indexOf('/', brace) < 0
        && path.endsWith("}")
        && path.charAt(brace - 1) == '/') {
      String name = path.substring(brace + 1, path.length() - 1);
      beginnings.put(path.substring(0, brace), new Stop(path, name, handler));
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<Found> found = isPlain(request) ? find(request) : Optional.empty();
    if (found.isEmpty()) {
      return around(request, response, callback);
    }
    Asked asked = new Asked(found.get(), request, response, callback);
    if (asked.body.isThere(patience)) {
      asked.run();
    }
    return true;
  }

  /** A request of the short way; run when its body is there. */
  private final class Asked implements Runnable {
    private final Found found;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ArrivingBody body;

    private Asked(Found found, Request request, Response response, Callback callback) {
      this.found = found;
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.body = new ArrivingBody(request, callback, this);
    }

    @Override
    public void run() {
      Stop stop = found.stop();
      DirectRequest asked = new DirectRequest(request, body, stop.name(), found.part());
      try {
        RouteAnswer answer = answering.answer(stop.handler(), asked, stop.path());
        if (!request.consumeAvailable()) {
          // It did not come whole; whoever would send more on this connection is told.
          response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        if (answer instanceof RouteAnswer.Later later) {
          later
              .answer()
              .thenAccept(bytes -> write(bytes, response, callback))
              .exceptionally(e -> broken(callback, e));
        } else {
          write(answer, response, callback);
        }
      } catch (RuntimeException | Error e) {
        callback.failed(e);
      }
    }
  }

  private boolean around(Request request, Response response, Callback callback) throws Exception {
    boolean hasBody =
        request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    if (!hasBody) {
      return super.handle(request, response, callback);
    }
    if (!longBodies.tryAcquire()) {
      LOG.info("too_many_slow_senders");
      telemetry.count("muster_slow_senders_refused_total", "reason", "busy");
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      write(
          Answers.comeAgain("busy", "Too many senders are slow just now. Please send it again."),
          response,
          callback);
      return true;
    }
    Request.addCompletionListener(request, ended -> longBodies.release());
    return super.handle(request, response, callback);
  }

  private static Void broken(Callback callback, Throwable e) {
    callback.failed(e);
    return null;
  }

  private Optional<Found> find(Request request) {
    String path = request.getHttpURI().getPath();
    Stop stop = whole.get(path);
    if (stop != null) {
      return Optional.of(new Found(stop, ""));
    }
    int slash = path.lastIndexOf('/');
    stop = beginnings.get(path.substring(0, slash + 1));
    boolean fits =
        stop != null
            && slash + 1 < path.length()
            && Permissions.of(request.getMethod(), path).guard() == Permissions.Guard.OWN;
    return fits ? Optional.of(new Found(stop, path.substring(slash + 1))) : Optional.empty();
  }

  private static boolean isPlain(Request request) {
    HttpFields headers = request.getHeaders();
    return request.getMethod().equals("POST")
        && request.getHttpURI().getQuery() == null
        && isPlain(request.getHttpURI().getPath())
        && !headers.contains(HttpHeader.TRANSFER_ENCODING)
        && !headers.contains(HttpHeader.EXPECT)
        && request.getLength() >= 0
        && request.getLength() <= LARGEST_BODY;
  }

  private static boolean isPlain(String path) {
    return path != null
        && path.startsWith("/")
        && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '%' && c != ';' && c != '\\')
        && !path.contains("/.");
  }

  private static void write(RouteAnswer answer, Response response, Callback callback) {
    RouteAnswer.Bytes bytes = (RouteAnswer.Bytes) answer;
    HttpFields.Mutable headers = response.getHeaders();
    SecurityHeaders.put(headers);
    bytes.headers().forEach(headers::put);
    response.setStatus(bytes.status());
    if (!bytes.contentType().isEmpty()) {
      headers.put(HttpHeader.CONTENT_TYPE, bytes.contentType());
    }
    response.write(true, ByteBuffer.wrap(bytes.body()), callback);
  }
}
