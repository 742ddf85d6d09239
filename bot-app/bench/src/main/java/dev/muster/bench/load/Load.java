// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * Sends HTTP requests over kept-alive connections from one thread, so that the load itself costs
 * little of the machine it shares with the server. Latencies are counted from when a request was
 * due, not from when a connection was free for it: a server that stalls cannot hide the requests
 * that it kept from being sent (coordinated omission).
 */
public final class Load {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private static final long SHORT_NAP = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long LONGEST_LATENCY = TimeUnit.MINUTES.toMicros(2);

  private final InetSocketAddress address;
  private final int connections;
  private final Shots shots;

  /**
   * @param port on the loopback interface
   * @param connections how many requests may be under way
   * @param shots what is sent
   */
  public Load(int port, int connections, Shots shots) {
    this.address = new InetSocketAddress("127.0.0.1", port);
    this.connections = connections;
    this.shots = shots;
  }

  /** Every connection asks again as soon as it has its answer. */
  public Taken closed(Duration time) {
    return warm(Long.MAX_VALUE, time);
  }

  /** As {@link #closed}, until that many requests are sent or the time is over. */
  public Taken warm(long requests, Duration time) {
    return new Run().go(begin -> Pace.closed(begin + time.toNanos(), requests));
  }

  /** Requests are due at a steady rate, whatever becomes of those before. */
  public Taken open(int perSecond, Duration time) {
    long requests = time.toMillis() * perSecond / 1_000;
    return new Run().go(begin -> Pace.open(begin, perSecond, requests));
  }

  /** One use of a load. */
  private final class Run {

    private final Histogram latencies = new Histogram(1, LONGEST_LATENCY, 3);
    private final List<Wire> wires = new ArrayList<>();
    private final Deque<Wire> idle = new ArrayDeque<>();
    private long answered;
    private long refused;
    private int underWay;

    /** Nothing is due before all connections stand. */
    Taken go(LongFunction<Pace> beginning) {
      try (Selector selector = Selector.open()) {
        for (int i = 0; i < connections; i++) {
          wires.add(new Wire(address, selector));
        }
        idle.addAll(wires);
        long begin = System.nanoTime();
        Pace pace = beginning.apply(begin);
        long heard = begin;
        while (pace.due(System.nanoTime()) != Pace.NEVER || underWay > 0) {
          send(pace);
          heard = hear(selector, pace) > 0 ? System.nanoTime() : heard;
          if (System.nanoTime() - heard > PATIENCE) {
            refused += underWay;
            underWay = 0;
          }
        }
        return new Taken(latencies, answered, refused, (System.nanoTime() - begin) / 1e9);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        wires.forEach(Run::end);
      }
    }

    private void send(Pace pace) throws IOException {
      long now = System.nanoTime();
      for (long due = pace.due(now); due <= now && !idle.isEmpty(); due = pace.due(now)) {
        pace.sent();
        underWay++;
        idle.poll().send(shots, due);
      }
    }

    private int hear(Selector selector, Pace pace) throws IOException {
      int ready = wait(selector, pace);
      for (SelectionKey key : selector.selectedKeys()) {
        Wire wire = (Wire) key.attachment();
        int status = wire.read();
        if (status > 0) {
          count(wire, status);
        }
      }
      selector.selectedKeys().clear();
      return ready;
    }

    /**
     * The selector naps for whole milliseconds only, which would be late at a thousand a second.
     */
    private int wait(Selector selector, Pace pace) throws IOException {
      long now = System.nanoTime();
      long left = idle.isEmpty() ? Pace.NEVER : pace.due(now) - now;
      if (left > TimeUnit.MILLISECONDS.toNanos(2)) {
        return selector.select(left == Pace.NEVER ? 100 : Math.min(100, left / 1_000_000 - 1));
      }
      int ready = selector.selectNow();
      if (ready == 0 && left > 0) {
        LockSupport.parkNanos(Math.min(left, SHORT_NAP));
      }
      return ready;
    }

    private void count(Wire wire, int status) {
      underWay--;
      idle.add(wire);
      long micros = (System.nanoTime() - wire.due()) / 1_000;
      latencies.recordValue(Math.max(1, Math.min(micros, LONGEST_LATENCY)));
      if (status / 100 == 2) {
        answered++;
      } else {
        refused++;
      }
    }

    private static void end(Wire wire) {
      try {
        wire.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
