// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Says which hosts may be told the bot's token. The Bot Framework SDK sends the token to whatever
 * address an activity names; so every address is asked here before it is stored and again before
 * anything is sent to it. Immutable.
 */
public final class HostGuard {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final List<String> allowed;

  /**
   * Creates a guard.
   *
   * @param allowed hosts, also written as an address; an entry without a port stands for the usual
   *     one, and on this machine for every one; an entry that begins with {@code *.} allows every
   *     host below that name
   */
  public HostGuard(List<String> allowed) {
    this.allowed = allowed.stream().map(HostGuard::bare).toList();
  }

  private static String bare(String entry) {
    HttpUrl url = HttpUrl.parse(entry);
    boolean plain = url == null || url.port() == HttpUrl.defaultPort(url.scheme());
    String host = url == null ? entry : url.host();
    return (plain ? host : host + ":" + url.port()).toLowerCase(Locale.ROOT);
  }

  /** Returns whether the address is on the list, and https unless it is this machine. */
  public boolean allows(String address) {
    HttpUrl url = HttpUrl.parse(address);
    if (url == null || !url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
      return false;
    }
    return allows(url);
  }

  /** Returns whether the address is on the list, and https unless it is this machine. */
  public boolean allows(HttpUrl url) {
    boolean safe = url.isHttps() || isLoopback(url.host());
    return safe && allowed.stream().anyMatch(entry -> fits(entry, url));
  }

  private static boolean fits(String entry, HttpUrl url) {
    boolean usual = url.port() == HttpUrl.defaultPort(url.scheme()) || isLoopback(url.host());
    if (entry.startsWith("*.")) {
      return usual && url.host().endsWith(entry.substring(1));
    }
    return (usual && entry.equals(url.host())) || entry.equals(url.host() + ":" + url.port());
  }

  /** Returns whether a host name or address is this machine by its spelling. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns whether an address of the configuration may be used: Microsoft's own over https, or
   * anything on this machine for trials.
   *
   * @param address as written
   * @param own the host Microsoft serves it from
   */
  public static boolean isOwnOrLoopback(String address, String own) {
    try {
      URI uri = URI.create(address);
      String host = uri.getHost() == null ? "" : uri.getHost();
      return isLoopback(host) || ("https".equals(uri.getScheme()) && host.equals(own));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
