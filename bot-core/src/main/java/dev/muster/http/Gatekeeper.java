// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.access.Level;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.readmodel.Viewer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Decides who may call pages and API. Open on loopback alone, to callers that say so in their Host;
 * everywhere else a token is needed. Paths of chat platforms and alert sources check for
 * themselves.
 */
public final class Gatekeeper {

  private static final Set<String> OPEN = Set.of("/livez", "/readyz", "/metrics", "/status");

  /** Style sheets and pictures of the pages, the same for everybody. */
  private static final String LOOKS = "/assets/";

  private static final List<String> OWN_CHECKS =
      List.of("/alerts/", "/hooks/", "/slack/", "/api/messages");
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final List<String> FORWARDING =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP");

  private final boolean openOnLoopback;
  private final List<Token> tokens;
  private final IntFunction<URI> publicUrl;
  private volatile int port;

  /**
   * A token of a program or person.
   *
   * @param name whose
   * @param sha256 its fingerprint in lower-case hexadecimal digits
   * @param level what it may do
   */
  public record Token(String name, String sha256, Level level) {}

  /**
   * Makes the gatekeeper.
   *
   * @param openOnLoopback whether loopback callers need no token
   * @param tokens the accepted tokens
   * @param publicUrl the address people use, given the port that is listened on
   */
  public Gatekeeper(boolean openOnLoopback, List<Token> tokens, IntFunction<URI> publicUrl) {
    this.openOnLoopback = openOnLoopback;
    this.tokens = List.copyOf(tokens);
    this.publicUrl = publicUrl;
  }

  void listeningOn(int actualPort) {
    port = actualPort;
  }

  /** Returns why a request is refused; empty when it may pass. */
  Optional<ApiProblem> refusal(RouteRequest request) {
    String path = request.path();
    boolean free = OPEN.contains(path) || path.startsWith(LOOKS);
    if (free || OWN_CHECKS.stream().anyMatch(path::startsWith)) {
      return Optional.empty();
    }
    Optional<ApiProblem> foreign = foreign(request);
    if (foreign.isPresent()) {
      return foreign;
    }
    Optional<ApiProblem> wrongType = wrongType(request);
    if (wrongType.isPresent()) {
      return wrongType;
    }
    return openOnLoopback ? notLoopback(request) : withoutToken(request);
  }

  private Optional<ApiProblem> foreign(RouteRequest request) {
    Optional<String> origin = request.header("Origin");
    boolean same =
        origin.isEmpty()
            || origin.get().equals(publicUrl.apply(port).toString())
            || openOnLoopback && isOwnLoopback(request, origin.get());
    return same
        ? Optional.empty()
        : refused("foreign_origin", "A page of another site may not call this.");
  }

  private boolean isOwnLoopback(RouteRequest request, String origin) {
    String host = request.header("Host").orElse("");
    return isLoopback(host) && origin.equals("http://" + host);
  }

  private static Optional<ApiProblem> wrongType(RouteRequest request) {
    boolean writes = !request.method().equals("GET") && !request.method().equals("HEAD");
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean upload = request.path().equals("/api/v1/chat/files");
    boolean fits =
        !writes
            || type.startsWith("application/json")
            || upload && type.startsWith("multipart/form-data")
            || request.method().equals("DELETE") && type.isEmpty();
    return fits
        ? Optional.empty()
        : Optional.of(
            new ApiProblem(
                415, "unsupported_media_type", "Send JSON with Content-Type: application/json."));
  }

  private Optional<ApiProblem> notLoopback(RouteRequest request) {
    if (!isLoopback(request.header("Host").orElse(""))) {
      return refused("foreign_host", "Without sign-in this is open to the machine itself alone.");
    }
    boolean forwarded = FORWARDING.stream().anyMatch(name -> request.header(name).isPresent());
    return forwarded
        ? refused(
            "forwarded",
            "Behind a proxy, set server.public-url and server.auth.tokens in the configuration.")
        : Optional.empty();
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
    return LOOPBACK_NAMES.contains(name);
  }

  private static Optional<ApiProblem> refused(String code, String sentence) {
    return Optional.of(new ApiProblem(403, code, sentence));
  }

  private Optional<ApiProblem> withoutToken(RouteRequest request) {
    Optional<Token> token = token(request);
    if (token.isEmpty()) {
      return Optional.of(
          new ApiProblem(
              401, "unauthorized", "Send a token of server.auth.tokens as Authorization: Bearer."));
    }
    boolean writes = !request.method().equals("GET") && !request.method().equals("HEAD");
    boolean enough = !writes || token.get().level().reaches(Level.RESPONDER);
    return enough
        ? Optional.empty()
        : refused("not_allowed", "This token may read only; its role is viewer.");
  }

  private Optional<Token> token(RouteRequest request) {
    String header = request.header("Authorization").orElse("");
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.empty();
    }
    byte[] hash = sha256(header.substring(7).strip());
    return tokens.stream()
        .filter(token -> MessageDigest.isEqual(HexFormat.of().parseHex(token.sha256()), hash))
        .findFirst();
  }

  /** Returns whether the caller may change how the program runs. */
  boolean isAdmin(RouteRequest request) {
    return openOnLoopback
        || token(request).filter(token -> token.level() == Level.ADMIN).isPresent();
  }

  /** Returns who looks: on the open loopback whoever {@code ?as=} names. */
  public Viewer viewer(RouteRequest request) {
    if (!openOnLoopback) {
      return Viewer.ANYBODY;
    }
    return request
        .query("as")
        .filter(name -> name.matches("[a-z0-9._-]{1,64}"))
        .map(name -> Viewer.of(new UserRef("web", name)))
        .orElse(Viewer.ANYBODY);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
