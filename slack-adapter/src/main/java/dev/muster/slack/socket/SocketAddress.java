// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The address that Slack hands out for a connection. It carries a ticket, so it is never shown, and
 * it is only used when it lies where Slack lies: encrypted and below {@code slack.com}, or on this
 * machine when the Web API does. Pure.
 */
record SocketAddress(String url) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** Returns the address when it may be used. */
  static Optional<SocketAddress> of(String url, String apiUrl) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      boolean local = apiUrl.startsWith("http:");
      boolean fits =
          local
              ? "ws".equals(uri.getScheme()) && LOOPBACK.contains(host)
              : "wss".equals(uri.getScheme()) && host.endsWith(".slack.com");
      return fits && uri.getUserInfo() == null
          ? Optional.of(new SocketAddress(url))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "SocketAddress[***]";
  }
}
