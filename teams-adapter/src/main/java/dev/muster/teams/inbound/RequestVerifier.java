// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.teams.client.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Verifies the Bot Connector's token before anything else sees the request. The algorithm is fixed
 * here and only compared with the token's; keys come from the pinned metadata alone, whatever the
 * token's header suggests. Thread-safe.
 */
public final class RequestVerifier {

  /** The one issuer of Teams' activities; tokens of emulators and other bots are not taken. */
  static final String ISSUER = "https://api.botframework.com";

  /** Genuine tokens have about 1,500 characters. */
  private static final int LONGEST_TOKEN = 16_384;

  /** Clocks may differ by this much. */
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  /** Genuine tokens live for an hour. */
  private static final Duration LONGEST_LIFE = Duration.ofHours(25);

  private static final String SCHEME = "bearer ";

  private final SigningKeys keys;
  private final InstantSource clock;
  private final String appId;

  /** Creates a verifier for the app {@code appId}, which is not blank. */
  public RequestVerifier(SigningKeys keys, InstantSource clock, String appId) {
    if (appId.isBlank()) {
      throw new IllegalArgumentException("a blank app id would accept every token");
    }
    this.keys = keys;
    this.clock = clock;
    this.appId = appId;
  }

  /** What verifying can yield. */
  sealed interface Verdict {
    /**
     * The token is genuine.
     *
     * @param endorsements channels its key may speak for
     * @param serviceUrl the address it names
     */
    record Genuine(Set<String> endorsements, String serviceUrl) implements Verdict {}

    /** It is not. */
    record Refused(Refusal why) implements Verdict {}

    /** It cannot be told now, because there are no keys. */
    record Unavailable() implements Verdict {}
  }

  /** Verifies the value of the Authorization header. */
  Verdict verify(Optional<String> authorization) {
    String header = authorization.orElse("");
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return new Verdict.Refused(Refusal.NO_TOKEN);
    }
    String token = header.substring(SCHEME.length()).strip();
    if (token.length() > LONGEST_TOKEN) {
      return new Verdict.Refused(Refusal.TOKEN_TOO_LARGE);
    }
    String[] parts = token.split("\\.", -1);
    try {
      if (parts.length != 3) {
        return new Verdict.Refused(Refusal.MALFORMED);
      }
      return verify(token, part(parts[0]), part(parts[1]));
    } catch (IOException | IllegalArgumentException e) {
      return new Verdict.Refused(Refusal.MALFORMED);
    }
  }

  private static JsonNode part(String encoded) throws IOException {
    JsonNode node = Json.read(Base64.getUrlDecoder().decode(encoded));
    if (!node.isObject()) {
      throw new IOException("not an object");
    }
    return node;
  }

  private Verdict verify(String token, JsonNode header, JsonNode claims) {
    JsonNode id = header.path("kid");
    if (!header.path("alg").asText("").equals("RS256") || header.has("crit")) {
      return new Verdict.Refused(Refusal.ALGORITHM);
    }
    if (!id.isTextual() || id.asText().isEmpty()) {
      return new Verdict.Refused(Refusal.KEY);
    }
    Optional<Refusal> wrong = claims(claims);
    if (wrong.isPresent()) {
      return new Verdict.Refused(wrong.get());
    }
    SigningKeys.Found found = keys.find(id.asText());
    if (found instanceof SigningKeys.Found.Unavailable) {
      return new Verdict.Unavailable();
    }
    if (!(found instanceof SigningKeys.Found.Key known)) {
      return new Verdict.Refused(Refusal.KEY);
    }
    if (!isSignedBy(known.key(), token)) {
      return new Verdict.Refused(Refusal.SIGNATURE);
    }
    return new Verdict.Genuine(known.key().endorsements(), serviceUrl(claims).orElse(""));
  }

  private static boolean isSignedBy(SigningKeys.Endorsed key, String token) {
    try {
      Algorithm.RSA256(key.key(), null).verify(JWT.decode(token));
      return true;
    } catch (SignatureVerificationException | JWTDecodeException e) {
      return false;
    }
  }

  /** Claims are compared before the key is looked for, so that nonsense never causes a fetch. */
  private Optional<Refusal> claims(JsonNode claims) {
    Instant now = clock.instant();
    if (!claims.path("iss").asText("").equals(ISSUER)) {
      return Optional.of(Refusal.ISSUER);
    }
    if (!claims.path("aud").isTextual() || !claims.path("aud").asText().equals(appId)) {
      return Optional.of(Refusal.AUDIENCE);
    }
    JsonNode end = claims.path("exp");
    if (!isTime(end) || !lives(end.asLong(), now)) {
      return Optional.of(Refusal.EXPIRY);
    }
    JsonNode begin = claims.path("nbf");
    boolean begun =
        begin.isMissingNode()
            || (isTime(begin) && begin.asLong() <= now.plus(LEEWAY).getEpochSecond());
    if (!begun) {
      return Optional.of(Refusal.NOT_BEFORE);
    }
    return serviceUrl(claims).isEmpty() ? Optional.of(Refusal.SERVICE_URL) : Optional.empty();
  }

  /** A number too large for its type would be read as another one. */
  private static boolean isTime(JsonNode seconds) {
    return seconds.isIntegralNumber() && seconds.canConvertToLong();
  }

  private static boolean lives(long end, Instant now) {
    return end > now.minus(LEEWAY).getEpochSecond()
        && end <= now.plus(LONGEST_LIFE).getEpochSecond();
  }

  /** The claim is written {@code serviceurl}; both spellings at once must agree. */
  private static Optional<String> serviceUrl(JsonNode claims) {
    List<String> named =
        Stream.of("serviceurl", "serviceUrl")
            .map(name -> claims.path(name).asText(""))
            .filter(value -> !value.isBlank())
            .distinct()
            .toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }
}
