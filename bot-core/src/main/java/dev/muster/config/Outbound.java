// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses runbooks may call. What is not named is refused.
 *
 * @param allow the origins
 */
public record Outbound(List<Origin> allow) {

  /** Returns whether an address may be called. */
  public boolean allows(URI address) {
    return allow.stream().anyMatch(origin -> origin.covers(address));
  }

  /**
   * One origin. Written {@code deploy.example.com} it means https on its usual port; written {@code
   * http://127.0.0.1:9099} it means exactly that.
   *
   * @param scheme http or https
   * @param host the host in lower case; never a pattern
   * @param port the port
   */
  public record Origin(String scheme, String host, int port) {

    /**
     * Reads a host, a host with port, or an origin with its scheme.
     *
     * @throws IllegalArgumentException with a sentence that shows the right form
     */
    public static Origin parse(String text) {
      URI uri = uri(text.contains("://") ? text : "https://" + text, text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = "".equals(uri.getPath()) || "/".equals(uri.getPath());
      boolean only = bare && uri.getQuery() == null && uri.getFragment() == null;
      if (!web || uri.getHost() == null || !only || uri.getUserInfo() != null) {
        throw refused(text);
      }
      return new Origin(uri.getScheme(), uri.getHost().toLowerCase(Locale.ROOT), portOf(uri));
    }

    /** Returns whether an address has exactly this scheme, host and port. */
    public boolean covers(URI address) {
      return scheme.equalsIgnoreCase(address.getScheme())
          && host.equalsIgnoreCase(address.getHost())
          && port == portOf(address);
    }

    @Override
    public String toString() {
      return scheme + "://" + host + ":" + port;
    }

    private static URI uri(String text, String written) {
      try {
        return new URI(text);
      } catch (java.net.URISyntaxException e) {
        throw refused(written);
      }
    }

    private static int portOf(URI uri) {
      int usual = "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
      return uri.getPort() < 0 ? usual : uri.getPort();
    }

    private static IllegalArgumentException refused(String text) {
      return new IllegalArgumentException(
          "'"
              + text
              + "' is no host; write for example deploy.example.com or http://127.0.0.1:9099");
    }
  }
}
