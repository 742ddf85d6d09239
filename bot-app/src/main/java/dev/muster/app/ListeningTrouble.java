// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Says why nothing can listen at an address, and what to do about it. */
final class ListeningTrouble {

  /** Ports below are given to privileged users alone on many systems. */
  private static final int FIRST_FREE_PORT = 1024;

  private ListeningTrouble() {}

  /** Returns a sentence for an operator, about an address at which it was tried in vain. */
  static String sentence(String host, int port) {
    if (!isOfThisMachine(host)) {
      return host
          + " is no address of this machine. Set server.host: 127.0.0.1 for this machine alone,"
          + " 0.0.0.0 for all of its addresses.";
    }
    String taken = "Address %s:%d is in use".formatted(host, port);
    return port > 0 && port < FIRST_FREE_PORT
        ? taken + ", or this user may not use it. Stop the other program, or set server.port."
        : taken + ". Stop the other program, or set server.port.";
  }

  private static boolean isOfThisMachine(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException e) {
      return false;
    } catch (SocketException e) {
      // Who cannot be asked gets the likelier reason.
      return true;
    }
  }
}
