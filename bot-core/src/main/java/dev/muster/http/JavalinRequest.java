// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteRequest;
import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A request as routes see it. */
final class JavalinRequest implements RouteRequest, FromSomewhere {

  /** No body of ours is larger; uploads are read as a stream. */
  static final int MAX_BODY = 5 * 1024 * 1024;

  /** What comes from senders that mean well; more than that is an attack or a mistake. */
  private static final long MOST_READ_AWAY = 4L * MAX_BODY;

  /** As long as a sender waits for an answer without losing patience. */
  private static final Duration READING_AWAY = Duration.ofSeconds(5);

  /** Whoever still writes is heard within it; whoever waits for the answer is not kept longer. */
  private static final Duration SILENCE = Duration.ofMillis(500);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private static final int CHUNK = 16 * 1024;

  private final Context context;
  private final Duration patience;
  private Caller caller = new Caller.Nobody();
  private Predicate<String> taken = name -> false;
  private boolean somebodySignsIn = true;
  private Map<String, String> form = Map.of();

  /**
   * @param patience how long a body may take to come
   */
  JavalinRequest(Context context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  @Override
  public String method() {
    return context.req().getMethod();
  }

  @Override
  public String path() {
    return context.path();
  }

  @Override
  public String pathPart(String name) {
    return context.pathParam(name);
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name));
  }

  @Override
  public Optional<String> header(String name) {
    List<String> lines = Collections.list(context.req().getHeaders(name));
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> lower = new TreeMap<>();
    for (String name : Collections.list(context.req().getHeaderNames())) {
      header(name).ifPresent(value -> lower.put(name.toLowerCase(Locale.ROOT), value));
    }
    return lower;
  }

  @Override
  public Optional<byte[]> body(int limit) throws IOException {
    int most = Math.min(limit, MAX_BODY);
    long announced = context.req().getContentLengthLong();
    if (announced > most) {
      readAway(announced);
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[CHUNK];
    InputStream in = stream();
    long begun = System.nanoTime();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      if (out.size() > most) {
        readAway(out.size());
        return Optional.empty();
      }
      if (System.nanoTime() - begun > patience.toNanos()) {
        throw new SlowSender();
      }
    }
    return Optional.of(out.toByteArray());
  }

  /**
   * Lets a sender finish before it is refused: one that still writes sees a broken connection
   * instead of the answer, and sends the same again for ever. Whoever asks first, sends far too
   * much or too slowly, or has stopped sending, is answered at once. Never blocks on the sender.
   */
  private void readAway(long size) throws IOException {
    if (size > MOST_READ_AWAY || header("Expect").isPresent()) {
      return;
    }
    ServletInputStream in = context.req().getInputStream();
    byte[] buffer = new byte[CHUNK];
    long left = MOST_READ_AWAY;
    long end = System.nanoTime() + READING_AWAY.toNanos();
    long heard = System.nanoTime();
    while (left > 0 && !in.isFinished()) {
      int ready = Math.min(in.available(), CHUNK);
      long now = System.nanoTime();
      if (ready > 0) {
        left -= Math.max(0, in.read(buffer, 0, ready));
        heard = now;
      } else if (now - heard > SILENCE.toNanos()) {
        return;
      } else {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
      if (now > end) {
        return;
      }
    }
  }

  @Override
  public InputStream stream() throws IOException {
    return context.req().getInputStream();
  }

  @Override
  public Optional<String> signedIn() {
    return caller.person();
  }

  @Override
  public boolean mayActAs(String name) {
    return caller.person().map(name::equals).orElseGet(() -> !taken.test(name));
  }

  @Override
  public Optional<String> reader(Optional<String> claimed) {
    return caller instanceof Caller.Local ? claimed : caller.person();
  }

  @Override
  public Optional<String> listener(Optional<String> claimed) {
    return somebodySignsIn ? reader(claimed) : claimed;
  }

  /**
   * Says who calls.
   *
   * @param people whether a name of the built-in chat belongs to somebody who signs in; empty where
   *     nobody does
   */
  void isOf(Caller found, Optional<Predicate<String>> people) {
    caller = found;
    taken = people.orElse(name -> false);
    somebodySignsIn = people.isPresent();
  }

  Caller caller() {
    return caller;
  }

  /** Returns whether a browser asks for a page. */
  boolean wantsPage() {
    return method().equals("GET")
        && !path().startsWith("/api/")
        && String.valueOf(context.header("Accept")).contains("text/html");
  }

  /** Returns path and query as they were asked for. */
  String target() {
    String query = context.req().getQueryString();
    return context.req().getRequestURI() + (query == null ? "" : "?" + query);
  }

  /** Reads the fields of a form; returns false when it is too large or cannot be read. */
  boolean keepForm(int limit) throws IOException {
    Optional<byte[]> body = body(limit);
    try {
      body.ifPresent(bytes -> form = FormFields.of(bytes));
      return body.isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns a field of the form that was kept. */
  Optional<String> field(String name) {
    return Optional.ofNullable(form.get(name));
  }

  @Override
  public boolean isFromThisMachine() {
    return FromSomewhere.isThisMachine(context.req().getRemoteAddr(), this);
  }
}
