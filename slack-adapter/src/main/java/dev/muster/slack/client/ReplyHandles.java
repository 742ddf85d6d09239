// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Says which reply addresses we send to: Slack's own, or those of the local stand-in that the
 * configuration names. A reply address is an outside text, and what is sent there is private. Pure.
 */
public final class ReplyHandles {

  private static final String SLACKS_OWN = "hooks.slack.com";

  private final URI api;

  /** Creates the rule for a Web API at {@code apiUrl}. */
  public ReplyHandles(String apiUrl) {
    this.api = URI.create(apiUrl);
  }

  /** Returns whether a private answer may be sent to {@code address}. */
  public boolean accepts(String address) {
    try {
      URI uri = new URI(address);
      boolean slack = "https".equals(uri.getScheme()) && SLACKS_OWN.equals(uri.getHost());
      boolean standIn =
          "http".equals(api.getScheme())
              && "http".equals(uri.getScheme())
              && api.getHost().equals(uri.getHost())
              && api.getPort() == uri.getPort();
      return uri.getUserInfo() == null && (slack && uri.getPort() == -1 || standIn);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
