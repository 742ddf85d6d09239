// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the door passable when many stand in it and say nothing. There are never so many
 * connections that the store, the platforms and the log find no file handle: for one too many,
 * whoever was silent for longest is put out. While every thread waits for somebody, half a second
 * of silence is enough.
 */
final class Crowd implements Connection.Listener {

  /** For the store, its readers, the calls of platforms and targets, and what Java opens late. */
  static final long KEPT_BACK = 48;

  private static final int FEWEST = 16;
  private static final int MOST = 8_192;
  private static final int SILENT_MILLIS = 500;
  private static final int LOOK_EVERY_MILLIS = 250;

  /**
   * Who comes while so many stand before the door hears nothing and knocks again a second later. By
   * default there is room for fifty; the system may allow fewer than this.
   */
  private static final int BEFORE_THE_DOOR = 1_024;

  private static final long SAID_EVERY = TimeUnit.MINUTES.toNanos(1);

  private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);

  private final Server server;
  private final int most;
  private long saidAt = System.nanoTime() - SAID_EVERY;

  private Crowd(Server server, int most) {
    this.server = server;
    this.most = most;
  }

  /** Makes a server that does not listen yet leave room for many and look after its threads. */
  static void prepare(Server server) {
    server.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStarting(LifeCycle starting) {
            leaveRoom(server);
          }
        });
    watchThreads(server);
  }

  private static void leaveRoom(Server server) {
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof ServerConnector listening) {
        listening.setAcceptQueueSize(BEFORE_THE_DOOR);
      }
    }
  }

  private static void watchThreads(Server server) {
    LowResourceMonitor monitor = new LowResourceMonitor(server);
    monitor.setMonitorThreads(true);
    monitor.setPeriod(LOOK_EVERY_MILLIS);
    monitor.setLowResourcesIdleTimeout(SILENT_MILLIS);
    // Whoever comes in meanwhile is treated as those who stand there.
    monitor.setMaxLowResourcesTime(1);
    server.addBean(monitor);
  }

  /** Looks after the connections of a server that listens. */
  static void watchConnections(Server server) {
    Crowd crowd = new Crowd(server, most(ManagementFactory.getOperatingSystemMXBean()));
    for (Connector connector : server.getConnectors()) {
      connector.addEventListener(crowd);
    }
  }

  private static int most(OperatingSystemMXBean system) {
    return system instanceof UnixOperatingSystemMXBean unix
        ? most(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
        : MOST;
  }

  /**
   * How many connections there may be.
   *
   * @param handles how many files and sockets this process may have
   * @param open how many it has before anybody comes
   */
  static int most(long handles, long open) {
    return (int) Math.max(FEWEST, Math.min(MOST, handles - open - KEPT_BACK));
  }

  @Override
  public void onOpened(Connection connection) {
    long open = Arrays.stream(server.getConnectors()).mapToLong(each -> all(each).size()).sum();
    if (open > most) {
      say(open);
      longestSilent(connection.getEndPoint()).ifPresent(EndPoint::close);
    }
  }

  private static Collection<EndPoint> all(Connector connector) {
    return connector.getConnectedEndPoints();
  }

  private Optional<EndPoint> longestSilent(EndPoint newest) {
    return Arrays.stream(server.getConnectors())
        .flatMap(connector -> all(connector).stream())
        .filter(each -> each != newest && each.isOpen())
        .max(Comparator.comparingLong(Crowd::silence));
  }

  private static long silence(EndPoint each) {
    return each instanceof IdleTimeout idle ? idle.getIdleFor() : 0;
  }

  private synchronized void say(long open) {
    long now = System.nanoTime();
    if (now - saidAt >= SAID_EVERY) {
      saidAt = now;
      LOG.warn("connections_crowded open={} most={}", open, most);
    }
  }
}
