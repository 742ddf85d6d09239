// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import dev.muster.telemetry.Telemetry;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Delivers pushes over the connections that the app opened, one of which it waits for. */
public final class SocketLine implements PushLine {

  private static final Pattern TURNED_AWAY =
      Pattern.compile("muster_chat_(?:refused|not_stored)_total\\{[^}]*\\} ([0-9]+)");

  /** A push that met a connection on its way out comes again, as it does from Slack. */
  private static final int RETRIES = 2;

  private static final long RETRY_MS = 3_000;

  private final FakeSocket socket;
  private final Telemetry telemetry;

  /**
   * Creates a line.
   *
   * @param telemetry tells what the app turned away, because that shows in no answer
   */
  public SocketLine(FakeSocket socket, Telemetry telemetry) {
    this.socket = socket;
    this.telemetry = telemetry;
  }

  /** A push that was turned away is not acknowledged, which HTTP calls 503. */
  @Override
  public Pushed push(Push push) {
    socket.await(() -> socket.live() > 0, "a connection");
    if (Thread.currentThread().isInterrupted()) {
      return Pushed.NOBODY;
    }
    long before = turnedAway();
    FakeSocket.Envelope envelope = socket.push(push);
    BooleanSupplier settled = () -> envelope.isAcknowledged() || turnedAway() > before;
    for (int i = 0; i < RETRIES && !socket.becomes(settled, RETRY_MS); i++) {
      socket.redeliver();
    }
    socket.await(settled, "what becomes of " + push);
    return envelope.isAcknowledged() ? new Pushed(200, envelope.answer()) : new Pushed(503, "");
  }

  /** Sends what Slack never would: half an envelope. Returns the status. */
  public Pushed forge(Push push) {
    socket.await(() -> socket.live() > 0, "a connection");
    long before = turnedAway();
    socket.sendRaw("{\"envelope_id\":\"e\",\"payload\":" + push.payload());
    socket.await(() -> turnedAway() > before, "the refusal");
    return new Pushed(400, "");
  }

  private long turnedAway() {
    return TURNED_AWAY
        .matcher(telemetry.prometheusText())
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }
}
