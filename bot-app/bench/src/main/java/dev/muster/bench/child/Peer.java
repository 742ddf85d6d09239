// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.child;

import java.nio.file.Path;

/** What Muster is measured beside, in a process of its own. It says its port when it listens. */
public final class Peer implements AutoCloseable {

  /** What a peer prints before its port. */
  public static final String READY = "listening on ";

  private final Child child;
  private final int port;

  /** Starts a main class of this program and waits until it listens. */
  public Peer(Class<?> main, Path folder, String... arguments) {
    child = Child.ofClass(main, folder, arguments);
    port = Integer.parseInt(child.await(READY));
  }

  /** Returns the port it listens on. */
  public int port() {
    return port;
  }

  /** Returns the processor time it has used so far, in seconds. */
  public double cpuSeconds() {
    return child.cpuSeconds();
  }

  @Override
  public void close() {
    child.close();
  }
}
