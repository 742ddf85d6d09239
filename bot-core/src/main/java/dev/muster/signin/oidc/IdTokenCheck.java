// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.muster.config.OidcSettings;
import dev.muster.signin.Digest;
import dev.muster.signin.oidc.SignInFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether an ID token holds, as OpenID Connect Core 1.0, section 3.1.3.7, asks. The algorithms are
 * ours; the token's own word about its algorithm only chooses among them, and keys or addresses in
 * its header are ignored.
 */
final class IdTokenCheck {

  /** Clocks of two machines differ by no more. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  private static final int LONGEST_TOKEN = 64 * 1024;
  private static final int LONGEST_SUBJECT = 255;
  private static final int SMALLEST_MODULUS_BITS = 2048;
  private static final Set<JWSAlgorithm> RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);

  private final OidcSettings settings;

  IdTokenCheck(OidcSettings settings) {
    this.settings = settings;
  }

  /** Reads a token without believing anything in it; refuses algorithms that are not ours. */
  static JWSObject parse(String token) throws SignInFailure {
    try {
      if (token.length() > LONGEST_TOKEN) {
        throw bad("too long");
      }
      JWSObject read = JWSObject.parse(token);
      JWSAlgorithm algorithm = read.getHeader().getAlgorithm();
      if (!RSA.contains(algorithm) && !algorithm.equals(JWSAlgorithm.ES256)) {
        throw bad("algorithm");
      }
      return read;
    } catch (ParseException | IllegalArgumentException e) {
      throw bad("form");
    }
  }

  /** Returns whether one of the keys could have signed it. */
  static boolean knows(JWKSet keys, JWSObject token) {
    return !candidates(keys, token.getHeader()).isEmpty();
  }

  /**
   * Checks a token.
   *
   * @param accessToken what came with it; empty for none
   * @return its claims, all of which may be believed
   */
  JsonNode check(JWSObject token, JWKSet keys, Attempt attempt, String accessToken, Instant now)
      throws SignInFailure {
    signature(token, keys);
    JsonNode claims = ProviderCalls.json(token.getPayload().toString());
    require(claims.isObject(), "form");
    require(claims.path("iss").asText("").equals(settings.issuer().toString()), "issuer");
    audience(claims);
    times(claims, attempt, now);
    String nonce = claims.path("nonce").asText("");
    require(Digest.same(nonce, attempt.nonce()), "nonce");
    String subject = claims.path("sub").isTextual() ? claims.path("sub").asText() : "";
    require(!subject.isBlank() && subject.length() <= LONGEST_SUBJECT, "subject");
    if (claims.has("at_hash")) {
      require(claims.path("at_hash").asText("").equals(leftHalf(accessToken)), "at_hash");
    }
    return claims;
  }

  private static void signature(JWSObject token, JWKSet keys) throws SignInFailure {
    for (JWK key : candidates(keys, token.getHeader())) {
      if (isSignedBy(token, key)) {
        return;
      }
    }
    throw bad("signature");
  }

  private static boolean isSignedBy(JWSObject token, JWK key) throws SignInFailure {
    try {
      JWSVerifier verifier =
          key instanceof RSAKey rsa
              ? new RSASSAVerifier(rsa.toRSAPublicKey())
              : new ECDSAVerifier(((ECKey) key).toECPublicKey());
      return token.verify(verifier);
    } catch (JOSEException e) {
      throw bad("signature");
    }
  }

  private static List<JWK> candidates(JWKSet keys, JWSHeader header) {
    return keys.getKeys().stream()
        .filter(key -> header.getKeyID() == null || header.getKeyID().equals(key.getKeyID()))
        .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        .filter(
            key -> key.getAlgorithm() == null || key.getAlgorithm().equals(header.getAlgorithm()))
        .filter(key -> RSA.contains(header.getAlgorithm()) ? isStrongRsa(key) : isP256(key))
        .toList();
  }

  private static boolean isStrongRsa(JWK key) {
    return key instanceof RSAKey && key.size() >= SMALLEST_MODULUS_BITS;
  }

  private static boolean isP256(JWK key) {
    return key instanceof ECKey ec && ec.getCurve().equals(Curve.P_256);
  }

  private void audience(JsonNode claims) throws SignInFailure {
    Set<String> audience = new HashSet<>();
    JsonNode given = claims.path("aud");
    if (given.isTextual()) {
      audience.add(given.asText());
    }
    given.forEach(each -> audience.add(each.asText()));
    require(audience.contains(settings.clientId()), "audience");
    boolean alone = audience.size() == 1;
    String party = claims.path("azp").asText("");
    boolean ours = party.equals(settings.clientId());
    require(ours || alone && !claims.has("azp"), "authorized party");
  }

  private static void times(JsonNode claims, Attempt attempt, Instant now) throws SignInFailure {
    Instant expires = instant(claims, "exp");
    Instant issued = instant(claims, "iat");
    require(now.isBefore(expires.plus(SKEW)), "expired");
    require(!issued.isAfter(now.plus(SKEW)), "issued in the future");
    require(!issued.isBefore(attempt.began().minus(SKEW)), "issued before the attempt");
    if (claims.has("nbf")) {
      require(!instant(claims, "nbf").isAfter(now.plus(SKEW)), "not yet valid");
    }
  }

  private static Instant instant(JsonNode claims, String name) throws SignInFailure {
    JsonNode seconds = claims.path(name);
    require(seconds.isNumber() && Math.abs(seconds.asDouble()) < 1e11, name);
    return Instant.ofEpochSecond(seconds.asLong());
  }

  /** For every algorithm of ours the hash is SHA-256. */
  private static String leftHalf(String accessToken) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, hash.length / 2));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void require(boolean holds, String what) throws SignInFailure {
    if (!holds) {
      throw bad(what);
    }
  }

  private static SignInFailure bad(String what) {
    return new SignInFailure(Reason.BAD_TOKEN, what);
  }
}
