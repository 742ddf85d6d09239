// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An adapter's answer to an inbound HTTP request. */
public sealed interface RouteAnswer {

  /**
   * A whole answer.
   *
   * @param status HTTP status
   * @param contentType media type; empty for an empty body
   * @param body the bytes
   * @param headers further headers
   */
  record Bytes(int status, String contentType, byte[] body, Map<String, String> headers)
      implements RouteAnswer {}

  /**
   * A file streamed from its source.
   *
   * @param status HTTP status
   * @param contentType media type
   * @param source opened by the server, closed by the server
   * @param headers further headers
   */
  record Streamed(
      int status, String contentType, Supplier<InputStream> source, Map<String, String> headers)
      implements RouteAnswer {}

  /**
   * Server-sent events until the client goes or {@link EventSink#close()} is called.
   *
   * @param begin called once with the sink, on a server thread; returns quickly
   */
  record Events(Consumer<EventSink> begin) implements RouteAnswer {}

  /**
   * A whole answer that comes later; nobody waits for it meanwhile.
   *
   * @param answer completed on any thread, which is not held up
   */
  record Later(CompletableFuture<Bytes> answer) implements RouteAnswer {}

  /** Where server-sent events are written; any thread may call. */
  interface EventSink {
    /** Sends one event; returns false once the client is gone. */
    boolean send(String event, String data, String id);

    /** Calls {@code whenGone} once when the client goes. */
    void onClose(Runnable whenGone);

    /** Ends the stream. */
    void close();
  }

  /** Returns an answer that comes later, or the answer itself when it is there. */
  static RouteAnswer when(CompletableFuture<Bytes> answer) {
    return answer.isDone() && !answer.isCompletedExceptionally()
        ? answer.join()
        : new Later(answer);
  }

  /** Returns a JSON answer. */
  static RouteAnswer json(int status, String json) {
    return new Bytes(status, "application/json", json.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** Returns an answer without a body. */
  static RouteAnswer empty(int status) {
    return new Bytes(status, "", new byte[0], Map.of());
  }
}
