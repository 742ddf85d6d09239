// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Which addresses may be called: exactly the origins named, and nothing when none is named.
 *
 * <p>A host without a scheme means https. A name that leads to an internal address is not enough:
 * the address with its port must be named as well. The name {@code localhost} names loopback.
 */
final class AllowList {

  private final List<HttpUrl> origins;

  private AllowList(List<HttpUrl> origins) {
    this.origins = origins;
  }

  /**
   * Reads entries such as {@code deploy.example.com}, {@code https://deploy.example.com:8443} and
   * {@code http://127.0.0.1:9099}. What cannot be read allows nothing.
   */
  static AllowList of(List<String> entries) {
    List<HttpUrl> origins = new ArrayList<>();
    for (String entry : entries) {
      HttpUrl origin = HttpUrl.parse(entry.contains("://") ? entry : "https://" + entry);
      if (origin != null) {
        origins.add(origin);
      }
    }
    return new AllowList(List.copyOf(origins));
  }

  /** Returns whether scheme, host and port are those of an entry. */
  boolean allows(HttpUrl url) {
    return origins.stream()
        .anyMatch(
            origin ->
                origin.scheme().equals(url.scheme())
                    && origin.host().equals(url.host())
                    && origin.port() == url.port());
  }

  /** Returns whether this address may be called on some port. */
  boolean mayReach(InetAddress address) {
    return may(address, Optional.empty());
  }

  /** Returns whether this address may be called on this port. */
  boolean mayReach(InetAddress address, int port) {
    return may(address, Optional.of(port));
  }

  private boolean may(InetAddress address, Optional<Integer> port) {
    return switch (AddressClass.of(address)) {
      case PUBLIC -> true;
      case INTERNAL ->
          origins.stream()
              .filter(origin -> port.isEmpty() || port.get() == origin.port())
              .anyMatch(origin -> names(origin.host(), address));
      case NEVER -> false;
    };
  }

  private static boolean names(String host, InetAddress address) {
    return host.equals("localhost")
        ? address.isLoopbackAddress()
        : Literals.parse(host).filter(address::equals).isPresent();
  }
}
