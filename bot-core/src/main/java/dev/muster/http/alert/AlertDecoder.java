// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import java.time.Instant;

/** Reads the bodies one kind of monitoring system sends. Safe for threads; never throws. */
public interface AlertDecoder {

  /**
   * Reads a body.
   *
   * @param source the source's name in the configuration
   * @param body the raw bytes, already unpacked and at most {@link #MAX_BODY} long
   * @param now the time of receipt
   */
  AlertBody decode(String source, byte[] body, Instant now);

  /** Forgets what came before, because it could not be stored. */
  default void forget() {}

  /** The largest body in bytes, 5 MiB; larger ones are refused. */
  int MAX_BODY = 5 * 1024 * 1024;
}
