// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** A bot as a process, as those see it who talk to it and look at it. */
interface Bot {

  /** Returns the port it listens on now; waits while it is down. */
  int port() throws InterruptedException;

  /** Returns the time of everybody around it. */
  default Instant now() {
    return Instant.now();
  }

  /** Returns when that really was which it wrote down as then, should its clock have been out. */
  default Instant reallyAt(Instant written) {
    return written;
  }

  /** Returns where its database is. */
  Path store();

  /** Returns what it wrote since it was first started, its database included, by name. */
  Map<String, String> sinks();
}
