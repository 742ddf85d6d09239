// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Looks up names of Microsoft, whose hosts have public addresses: a name that leads into a network
 * of its own, or back to this machine, is refused before anything is sent. What is connected to is
 * what was looked at, so a second, different answer can do no harm. Thread-safe.
 */
public final class PublicAddresses implements Dns {

  /** Shared by carriers with their customers (RFC 6598). */
  private static final int CARRIER_FIRST = 100;

  private static final int CARRIER_SECOND = 64;
  private static final int CARRIER_MASK = 0xc0;

  /** Unique local addresses, fc00::/7 (RFC 4193). */
  private static final int LOCAL_MASK = 0xfe;

  private static final int LOCAL = 0xfc;

  private final Dns resolver;

  /** Looks names up by another resolver. */
  public PublicAddresses(Dns resolver) {
    this.resolver = resolver;
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> found = List.copyOf(resolver.lookup(host));
    if (!HostGuard.isLoopback(host) && found.stream().anyMatch(PublicAddresses::isInner)) {
      throw new UnknownHostException(host + " leads to an internal address");
    }
    return found;
  }

  private static boolean isInner(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || isShared(address.getAddress(), address instanceof Inet6Address);
  }

  private static boolean isShared(byte[] bytes, boolean six) {
    int first = bytes[0] & 0xff;
    return six
        ? (first & LOCAL_MASK) == LOCAL
        : first == 0 || (first == CARRIER_FIRST && (bytes[1] & CARRIER_MASK) == CARRIER_SECOND);
  }
}
