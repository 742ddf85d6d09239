// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/**
 * One connection. Events are stored and acknowledged on its own thread, in the order they come;
 * what people do by hand is answered on another, because that may take two seconds.
 *
 * <pre>
 * OPENING --hello--> LIVE --warning, refresh--> LEAVING --> over
 * </pre>
 */
final class Connection extends WebSocketListener {

  /** What the owner is told, on whatever thread it happens. */
  interface Owner {
    /** Slack said that the connection is ready. */
    void ready(Connection connection, Frame.Hello hello);

    /** Slack said that it will end the connection. */
    void asked(Connection connection, String reason);

    /**
     * Nothing comes any more.
     *
     * @param reason enumerated; one that begins with "closed" when all that Slack sent was read
     * @param at when it turned out, by the owner's clock
     */
    void ended(Connection connection, String reason, Instant at);
  }

  private static final int NORMAL = 1000;
  private static final String EVENTS = "events_api";

  private final Owner owner;
  private final Pushes pushes;
  private final Executor workers;
  private final InstantSource clock;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean accepted;
  private volatile WebSocket socket;

  // What follows belongs to the owner's thread.
  final Instant openedAt;
  boolean live;
  boolean leaving;
  boolean barred;
  Instant liveSince = Instant.MAX;
  Instant refreshAt = Instant.MAX;
  Instant leaveBy = Instant.MAX;
  Instant goneBy = Instant.MAX;

  Connection(Owner owner, Pushes pushes, Executor workers, InstantSource clock) {
    this.owner = owner;
    this.pushes = pushes;
    this.workers = workers;
    this.clock = clock;
    this.openedAt = clock.instant();
  }

  /** Begins to connect; returns at once. */
  void open(OkHttpClient client, SocketAddress address) {
    socket = client.newWebSocket(new Request.Builder().url(address.url()).build(), this);
  }

  /** Returns whether Slack accepted it, and so may have pushed to it even without a hello. */
  boolean isAccepted() {
    return accepted;
  }

  /** Returns whether a push is being taken. */
  boolean isBusy() {
    return underWay.get() > 0;
  }

  /** Ends the connection politely; {@link Owner#ended} follows. */
  void close() {
    socket.close(NORMAL, null);
  }

  /** Ends the connection at once. */
  void cut(String reason) {
    socket.cancel();
    end(reason);
  }

  @Override
  public void onOpen(WebSocket opened, Response response) {
    accepted = true;
  }

  @Override
  public void onMessage(WebSocket from, String text) {
    Frame frame = Frame.read(text);
    if (frame instanceof Frame.Envelope envelope) {
      pushed(from, envelope);
    } else if (frame instanceof Frame.Hello hello) {
      owner.ready(this, hello);
    } else if (frame instanceof Frame.Disconnect disconnect) {
      owner.asked(this, disconnect.reason());
    } else if (frame instanceof Frame.Malformed) {
      pushes.refuse("malformed");
    }
  }

  @Override
  public void onMessage(WebSocket from, ByteString bytes) {
    pushes.refuse("malformed");
  }

  private void pushed(WebSocket from, Frame.Envelope envelope) {
    underWay.incrementAndGet();
    if (envelope.type().equals(EVENTS)) {
      take(from, envelope);
    } else {
      workers.execute(() -> take(from, envelope));
    }
  }

  private void take(WebSocket from, Frame.Envelope envelope) {
    try {
      Optional<String> acknowledgement = pushes.take(envelope);
      acknowledgement.ifPresent(from::send);
    } finally {
      underWay.decrementAndGet();
    }
  }

  @Override
  public void onClosing(WebSocket from, int code, String reason) {
    from.close(NORMAL, null);
    end("closed_by_slack");
  }

  @Override
  public void onClosed(WebSocket from, int code, String reason) {
    end("closed");
  }

  @Override
  public void onFailure(WebSocket from, Throwable cause, Response response) {
    if (response != null) {
      response.close();
    }
    end(cause instanceof SocketTimeoutException ? "silent" : "broken");
  }

  private void end(String reason) {
    if (over.compareAndSet(false, true)) {
      owner.ended(this, reason, clock.instant());
    }
  }
}
