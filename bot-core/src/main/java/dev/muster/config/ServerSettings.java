// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.access.Level;
import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Within;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the program listens and how people reach it.
 *
 * @param host address or name to listen on
 * @param port port to listen on; 0 picks a free one
 * @param publicUrl address in the links that people press, without a path; when it is left out it
 *     follows the port
 * @param auth who may use API and pages from beyond loopback
 */
public record ServerSettings(
    @Default("127.0.0.1") String host,
    @Default("8080") @Within(min = "0", max = "65535") int port,
    @Default("http://localhost:0") URI publicUrl,
    Auth auth) {

  /** Refuses addresses that no browser could open. */
  public ServerSettings {
    require(!host.isBlank(), "host is empty; write for example 127.0.0.1 or 0.0.0.0");
    boolean web = "http".equals(publicUrl.getScheme()) || "https".equals(publicUrl.getScheme());
    require(
        web && publicUrl.getHost() != null,
        "public-url is an address people can open, for example https://muster.example.com");
    boolean bare = publicUrl.getPath().isEmpty() || publicUrl.getPath().equals("/");
    require(
        bare
            && publicUrl.getQuery() == null
            && publicUrl.getFragment() == null
            && publicUrl.getUserInfo() == null,
        "public-url has scheme, host and port only, for example https://muster.example.com");
    require(
        auth.oidc().isEmpty()
            || "https".equals(publicUrl.getScheme())
            || isLoopback(publicUrl.getHost()),
        "public-url begins with https when people sign in (server.auth.oidc), for example"
            + " https://muster.example.com; http is for this machine alone");
    publicUrl = withPort(publicUrl, port);
  }

  /** Returns the public address for the port that was really taken; it has no trailing slash. */
  public URI publicUrl(int actualPort) {
    return withPort(publicUrl, actualPort);
  }

  /** Returns whether only this machine can reach the program. Asks no name server. */
  public boolean isLoopback() {
    return isLoopback(host);
  }

  /** Returns whether the public address names this machine. */
  public boolean isPublicUrlLoopback() {
    return isLoopback(publicUrl.getHost());
  }

  static boolean isLoopback(String host) {
    String bare = host.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
    return bare.equals("localhost") || bare.endsWith(".localhost") || isLoopbackAddress(bare);
  }

  private static boolean isLoopbackAddress(String literal) {
    boolean numeric = literal.matches("[0-9.]+") || literal.contains(":");
    if (!numeric) {
      return false;
    }
    try {
      return InetAddress.getByName(literal).isLoopbackAddress();
    } catch (java.net.UnknownHostException e) {
      return false;
    }
  }

  private static URI withPort(URI url, int port) {
    int wanted = url.getPort() == 0 ? port : url.getPort();
    return URI.create(url.getScheme() + "://" + url.getHost() + (wanted < 0 ? "" : ":" + wanted));
  }

  /**
   * Who may use API and pages from beyond loopback.
   *
   * @param tokens the tokens that are accepted
   * @param oidc how people sign in; empty when they do not
   */
  public record Auth(List<ApiToken> tokens, Optional<OidcSettings> oidc) {}

  /**
   * A token of a person or program. The file holds its fingerprint only.
   *
   * @param name who it is, as the timeline shows it
   * @param sha256 the SHA-256 of the token, 64 hexadecimal digits in lower case
   * @param role what it may do
   */
  public record ApiToken(String name, String sha256, @Default("viewer") Level role) {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    /** Refuses a blank name and anything that is no SHA-256. */
    public ApiToken {
      require(!name.isBlank(), "name is empty; say whose token it is");
      require(
          HEX.matcher(sha256).matches(),
          "sha256 has 64 hexadecimal digits; make it with: printf %s TOKEN | sha256sum");
      sha256 = sha256.toLowerCase(Locale.ROOT);
    }
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
