// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The side of Slack that Socket Mode connects to. Slack's rules (platforms: transport, limits): an
 * app-level token asks for an address with a ticket that is good for one connection; at most ten
 * connections; {@code hello} first, with the time the connection lasts; each push goes to one
 * connection, whichever; what is not acknowledged goes out again under another envelope id with
 * {@code retry_attempt} and {@code retry_reason}; what is pushed while nobody is connected is lost;
 * a connection that is told {@code link_disabled} or {@code too_many_websockets} is closed.
 * Thread-safe.
 */
public final class FakeSocket implements AutoCloseable {

  /** Slack's limit. */
  private static final int MOST = 10;

  private static final int MOST_RETRIES = 3;
  private static final long PATIENCE_MS = 60_000;

  private final FakeSlack slack;
  private final ServerSocket server;
  private final List<FakeWire> wires = new ArrayList<>();
  private final Map<String, Envelope> waiting = new LinkedHashMap<>();
  private final List<Instant> asked = new ArrayList<>();
  private Duration lasts = Duration.ofHours(1);
  private boolean switchedOff;
  private boolean mute;
  private boolean dead;
  private boolean hardOfHearing;
  private int most = MOST;
  private int next;
  private int lost;
  private int lastId;
  private int accepted;
  private boolean opening;

  /** Starts on a free port of the loopback interface and answers for {@code slack}. */
  public FakeSocket(FakeSlack slack) {
    this.slack = slack;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    slack.answer("apps.connections.open", call -> address());
    Thread accepting = new Thread(this::accept, "fake-socket-door");
    accepting.setDaemon(true);
    accepting.start();
  }

  /** One push in Socket Mode and what became of it. */
  public static final class Envelope {
    private Push push;
    private boolean acknowledged;
    private String answer = "";

    private Envelope(Push push) {
      this.push = push;
    }

    /** Returns whether it was acknowledged. */
    public synchronized boolean isAcknowledged() {
      return acknowledged;
    }

    /** Returns the JSON that came with the acknowledgement; empty text for none. */
    public synchronized String answer() {
      return answer;
    }

    private synchronized void acknowledge(String given) {
      acknowledged = true;
      answer = given;
    }
  }

  private synchronized ObjectNode address() {
    asked.add(slack.workspace.now());
    opening = true;
    return Call.object()
        .put("url", "ws://127.0.0.1:" + server.getLocalPort() + "/link/?ticket=secret-" + ++lastId);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread serving = new Thread(() -> serve(client), "fake-socket");
        serving.setDaemon(true);
        serving.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (FakeWire wire = new FakeWire(client)) {
      wire.shakeHands();
      if (greet(wire)) {
        for (Optional<String> text = wire.read(); text.isPresent(); text = wire.read()) {
          heard(Call.parse(text.get()));
        }
      }
      forget(wire);
    } catch (IOException | RuntimeException e) {
      // A connection that breaks is what this class is for.
      synchronized (this) {
        wires.removeIf(wire -> wire.isOver());
        notifyAll();
      }
    }
  }

  private synchronized boolean greet(FakeWire wire) throws IOException {
    accepted++;
    opening = false;
    if (dead) {
      wire.freeze();
      wires.add(wire);
      return true;
    }
    if (mute) {
      wires.add(wire.mute());
      return true;
    }
    if (switchedOff || wires.size() >= most) {
      wire.write(ended(switchedOff ? "link_disabled" : "too_many_websockets"));
      wire.sayGoodbye();
      return true;
    }
    ObjectNode hello = Call.object().put("type", "hello").put("num_connections", wires.size() + 1);
    hello.putObject("debug_info").put("approximate_connection_time", lasts.toSeconds());
    wire.write(hello.toString());
    wires.add(wire);
    notifyAll();
    return true;
  }

  private synchronized void forget(FakeWire wire) {
    wires.remove(wire);
    notifyAll();
  }

  private synchronized void heard(JsonNode json) {
    if (hardOfHearing) {
      return;
    }
    Envelope pushed = waiting.remove(json.path("envelope_id").asText());
    if (pushed != null) {
      pushed.acknowledge(json.has("payload") ? json.path("payload").toString() : "");
      notifyAll();
    }
  }

  private static String ended(String reason) {
    return Call.object().put("type", "disconnect").put("reason", reason).toString();
  }

  /** Pushes to one connection; lost when there is none. */
  public synchronized Envelope push(Push push) {
    Envelope envelope = new Envelope(push);
    if (wires.isEmpty()) {
      lost++;
    } else {
      send(envelope);
    }
    return envelope;
  }

  private void send(Envelope envelope) {
    String id = "envelope-" + ++lastId;
    Push push = envelope.push;
    ObjectNode json = Call.object().put("envelope_id", id).put("type", push.kind().envelopeType());
    json.set("payload", push.payload());
    json.put("accepts_response_payload", push.kind() != Push.Kind.EVENT);
    json.put("retry_attempt", push.retry()).put("retry_reason", push.reason());
    waiting.put(id, envelope);
    sendRaw(json.toString());
  }

  /** Sends any text to one connection. */
  public synchronized void sendRaw(String text) {
    if (!wires.isEmpty()) {
      FakeWire wire = wires.get(next++ % wires.size());
      try {
        wire.write(text);
      } catch (IOException e) {
        wires.remove(wire);
      }
    }
  }

  /** Sends again what was not acknowledged, at most three times each. */
  public synchronized void redeliver() {
    if (wires.isEmpty()) {
      return;
    }
    List<Envelope> again = List.copyOf(waiting.values());
    waiting.clear();
    for (Envelope envelope : again) {
      if (envelope.push.retry() == MOST_RETRIES) {
        lost++;
      } else {
        envelope.push = envelope.push.again("timeout");
        send(envelope);
      }
    }
  }

  /** Says to one connection that it will be ended, and why. */
  public synchronized void disconnectOne(String reason) {
    sendRaw(ended(reason));
  }

  /** Closes one connection in good order. */
  public synchronized void closeOne() throws IOException {
    if (!wires.isEmpty()) {
      wires.get(next++ % wires.size()).sayGoodbye();
    }
  }

  /** Breaks every connection. */
  public synchronized void killAll() {
    wires.forEach(FakeWire::cut);
    wires.clear();
    notifyAll();
  }

  /** Breaks one connection. */
  public synchronized void killOne() {
    if (!wires.isEmpty()) {
      wires.remove(next++ % wires.size()).cut();
      notifyAll();
    }
  }

  /** Lets every connection stay open and silent: nothing is read and nothing answered. */
  public synchronized void freezeAll() {
    wires.forEach(FakeWire::freeze);
  }

  /** Lets one connection stay open and silent. */
  public synchronized void freezeOne() {
    if (!wires.isEmpty()) {
      wires.get(next++ % wires.size()).freeze();
    }
  }

  /**
   * Lets the way back from new connections be cut from now on, or no longer: Slack takes each for
   * ready and pushes to it, and nothing arrives, not even the hello.
   */
  public synchronized void deadOnArrival(boolean yes) {
    dead = yes;
  }

  /** Lets acknowledgements be lost from now on, or no longer. */
  public synchronized void loseAcknowledgements(boolean yes) {
    hardOfHearing = yes;
  }

  /** Lets new connections stay without a hello from now on, or no longer. */
  public synchronized void mute(boolean yes) {
    mute = yes;
    if (!yes) {
      wires.removeIf(FakeWire::isMute);
    }
  }

  /** Switches Socket Mode off for the app, or on again. */
  public synchronized void switchOff(boolean off) throws IOException {
    switchedOff = off;
    if (off) {
      for (FakeWire wire : List.copyOf(wires)) {
        wire.write(ended("link_disabled"));
      }
    }
  }

  /** Sets how many connections are allowed, as if others of the same app were open. */
  public synchronized void most(int count) {
    most = count;
  }

  /** Sets how long new connections are said to last. */
  public synchronized void lasts(Duration time) {
    lasts = time;
  }

  /** Returns how many connections are open. */
  public synchronized int live() {
    return wires.size();
  }

  /** Returns how many connections were ever made. */
  public synchronized int accepted() {
    return accepted;
  }

  /** Returns whether an address was given out lately that nobody has connected to yet. */
  public synchronized boolean isOpening() {
    return opening;
  }

  /** Returns when an address was asked for. */
  public synchronized List<Instant> asked() {
    return List.copyOf(asked);
  }

  /** Returns how many pushes were not acknowledged so far. */
  public synchronized int unacknowledged() {
    return waiting.size();
  }

  /** Returns how many pushes found nobody connected. */
  public synchronized int lost() {
    return lost;
  }

  /** Waits, bounded, until so many connections are open. */
  public void awaitLive(int count) {
    await(() -> wires.size() == count, "connections: " + count);
  }

  /** Waits for as long and returns whether it became true. */
  public synchronized boolean becomes(BooleanSupplier condition, long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    while (!condition.getAsBoolean()) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      try {
        wait(Math.min(left, 5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /**
   * Waits, bounded, for something to become true here.
   *
   * @throws AssertionError when it does not
   */
  public void await(BooleanSupplier condition, String what) {
    if (!becomes(condition, PATIENCE_MS) && !Thread.currentThread().isInterrupted()) {
      throw new AssertionError(
          "waited in vain for "
              + what
              + "; open: "
              + live()
              + ", lost: "
              + lost()
              + ", unacknowledged: "
              + unacknowledged());
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    killAll();
  }
}
