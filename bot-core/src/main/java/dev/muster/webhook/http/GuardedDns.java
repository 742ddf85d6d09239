// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import okhttp3.Dns;

/**
 * Looks a name up once and refuses it when any of its addresses may not be called; the addresses it
 * returns are the ones that are connected to, so a second, different answer can do no harm.
 */
final class GuardedDns implements Dns {

  private final Dns resolver;
  private final Predicate<InetAddress> allowed;

  GuardedDns(Dns resolver, Predicate<InetAddress> allowed) {
    this.resolver = resolver;
    this.allowed = allowed;
  }

  /** The name leads where nobody may go. */
  static final class Refused extends UnknownHostException {
    Refused(String host) {
      super(host + " leads to an internal address");
    }
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    List<InetAddress> addresses = List.copyOf(resolver.lookup(hostname));
    if (!addresses.stream().allMatch(allowed)) {
      throw new Refused(hostname);
    }
    return addresses;
  }
}
