// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenID provider on this machine: discovery, keys, authorize, token, end of session. It holds
 * clients to the rules (exact redirect address, PKCE, secret, one use of a code), writes down what
 * it was asked, and can be armed to break its own.
 */
final class FakeProvider implements AutoCloseable {

  static final String CLIENT = "muster";
  static final String SECRET = "s3cret of client/+";

  /** What it does wrong, once it is armed. */
  enum Fault {
    NONE,
    WRONG_NONCE,
    NO_NONCE,
    WRONG_ISS,
    WRONG_AUD,
    FURTHER_AUD_WITHOUT_AZP,
    WRONG_AZP,
    ALG_NONE,
    HS256_WITH_PUBLIC_KEY,
    RS512,
    EMBEDDED_KEY,
    FOREIGN_KEY_SAME_ID,
    UNKNOWN_KEY_ID,
    EXPIRED,
    NOT_YET,
    OF_THE_FUTURE,
    OF_BEFORE,
    NO_SUBJECT,
    WRONG_AT_HASH,
    TWO_ISSUERS,
    NO_TOKEN,
    NO_JSON,
    HUGE,
    REFUSES,
    TOKEN_FAILS,
    MIX_UP,
    NAMES_NOBODY
  }

  final FakeTokens tokens;
  final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
  final AtomicInteger redeemed = new AtomicInteger();
  volatile Fault fault = Fault.NONE;
  volatile boolean down;
  volatile String discoveredIssuer;
  volatile JWSAlgorithm algorithm = JWSAlgorithm.RS256;
  volatile Map<String, Object> person = person("1001", "ada", "engineers");

  private final HttpServer server;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  FakeProvider(InstantSource clock) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      tokens =
          new FakeTokens(
              clock,
              new RSAKeyGenerator(2048).keyID("rsa").generate(),
              new ECKeyGenerator(Curve.P_256).keyID("ec").generate(),
              new RSAKeyGenerator(2048).keyID("rsa").generate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/.well-known/openid-configuration", guarded(this::discovery));
    server.createContext("/keys", guarded(this::keys));
    server.createContext("/authorize", guarded(this::authorize));
    server.createContext("/token", guarded(this::token));
    server.createContext("/end", guarded(exchange -> answer(exchange, 200, "bye")));
    server.start();
    discoveredIssuer = issuer();
  }

  static Map<String, Object> person(String subject, String name, String... groups) {
    return Map.of("sub", subject, "preferred_username", name, "groups", List.of(groups));
  }

  String issuer() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The value of {@code server.auth.oidc} that leads here. */
  String yaml() {
    return "{ issuer: \""
        + issuer()
        + "\", client-id: "
        + CLIENT
        + ", client-secret: \""
        + SECRET
        + "\", roles: { admin: [admins], approver: [seniors], responder: [engineers],"
        + " viewer: [readers, \"sub:7007\"] }, names: { grace: \"5005\" } }";
  }

  private interface Work {
    void on(HttpExchange exchange) throws IOException;
  }

  private com.sun.net.httpserver.HttpHandler guarded(Work work) {
    return exchange -> {
      try (exchange) {
        if (down) {
          answer(exchange, 503, "down");
        } else {
          work.on(exchange);
        }
      }
    };
  }

  private void discovery(HttpExchange exchange) throws IOException {
    String base = issuer();
    answer(
        exchange,
        200,
        """
        { "issuer": "%s", "authorization_endpoint": "%s/authorize", "token_endpoint": "%s/token",
          "jwks_uri": "%s/keys", "end_session_endpoint": "%s/end",
          "token_endpoint_auth_methods_supported": ["client_secret_basic"],
          "authorization_response_iss_parameter_supported": true }
        """
            .formatted(discoveredIssuer, base, base, base, base));
  }

  private void keys(HttpExchange exchange) throws IOException {
    JWKSet set = new JWKSet(List.of(tokens.rsa(), tokens.ec()));
    answer(exchange, 200, set.toPublicJWKSet().toString());
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
    asked.add(query);
    String code = "code-" + numbers.incrementAndGet();
    codes.put(code, query);
    String named = fault == Fault.MIX_UP ? "https://other.example.com" : issuer();
    String back = query.get("redirect_uri") + "?state=" + encoded(query.get("state"));
    back += fault == Fault.REFUSES ? "&error=access_denied" : "&code=" + code;
    back += fault == Fault.NAMES_NOBODY ? "" : "&iss=" + encoded(named);
    exchange.getResponseHeaders().add("Location", back);
    exchange.sendResponseHeaders(302, -1);
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Map<String, String> began = codes.remove(form.getOrDefault("code", ""));
    if (fault == Fault.TOKEN_FAILS) {
      answer(exchange, 500, "{}");
    } else if (began == null || !mayRedeem(form, header, began)) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
    } else {
      redeemed.incrementAndGet();
      answer(exchange, 200, tokens.answer(fault, algorithm, issuer(), began.get("nonce"), person));
    }
  }

  private static boolean mayRedeem(
      Map<String, String> form, String header, Map<String, String> began) {
    String basic =
        Base64.getEncoder().encodeToString((encoded(CLIENT) + ":" + encoded(SECRET)).getBytes());
    return header.equals("Basic " + basic)
        && Objects.equals(form.get("redirect_uri"), began.get("redirect_uri"))
        && "S256".equals(began.get("code_challenge_method"))
        && challenge(form.getOrDefault("code_verifier", "")).equals(began.get("code_challenge"));
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : String.valueOf(text).split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  static Map<String, String> query(String address) {
    return fields(URI.create(address).getRawQuery());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
