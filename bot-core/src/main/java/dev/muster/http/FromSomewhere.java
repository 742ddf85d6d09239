// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteRequest;
import java.util.Set;

/** A request of which it is known from where it came. */
interface FromSomewhere {

  /** The address of the machine itself, as it may be written. */
  Set<String> THIS_MACHINE =
      Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "[::1]", "[0:0:0:0:0:0:0:1]");

  /** Returns whether the caller is on this very machine and no proxy stands between. */
  boolean isFromThisMachine();

  /** Returns whether that is so for a request from an address. */
  static boolean isThisMachine(String address, RouteRequest request) {
    boolean forwarded =
        request.header("Forwarded").isPresent() || request.header("X-Forwarded-For").isPresent();
    return THIS_MACHINE.contains(address) && !forwarded;
  }
}
