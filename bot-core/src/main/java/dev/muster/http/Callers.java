// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteRequest;

/** Tells where a request comes from. */
@FunctionalInterface
interface Callers {

  /** Returns whether the request comes from this very machine, without a proxy between. */
  boolean isLoopback(RouteRequest request);
}
