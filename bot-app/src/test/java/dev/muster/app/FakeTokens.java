// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.muster.app.FakeProvider.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes ID tokens, right ones and wrong ones.
 *
 * @param clock their times
 * @param rsa the published key for RS256 and PS256
 * @param ec the published key for ES256
 * @param foreign a key that nobody published, with the id of one that is
 */
record FakeTokens(InstantSource clock, RSAKey rsa, ECKey ec, RSAKey foreign) {

  private static final String ACCESS = "access-token-of-the-fake";

  /** Returns what the token endpoint answers. */
  String answer(
      Fault fault,
      JWSAlgorithm algorithm,
      String issuer,
      String nonce,
      Map<String, Object> person) {
    if (fault == Fault.NO_TOKEN) {
      return "{\"access_token\":\"" + ACCESS + "\",\"token_type\":\"Bearer\"}";
    }
    if (fault == Fault.NO_JSON) {
      return "<html>not what you asked for</html>";
    }
    String padding = fault == Fault.HUGE ? "x".repeat(2_000_000) : "";
    return BotHttp.write(
        Map.of(
            "access_token",
            ACCESS,
            "token_type",
            "Bearer",
            "padding",
            padding,
            "id_token",
            token(fault, algorithm, claims(fault, issuer, nonce, person))));
  }

  private String claims(Fault fault, String issuer, String nonce, Map<String, Object> person) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>(person);
    claims.put("iss", fault == Fault.WRONG_ISS ? "https://other.example.com" : issuer);
    claims.put("aud", FakeProvider.CLIENT);
    claims.put("nonce", nonce);
    claims.put("iat", now);
    claims.put("exp", now + 300);
    claims.put("at_hash", atHash());
    spoil(fault, claims, now);
    String text = BotHttp.write(claims);
    return fault == Fault.TWO_ISSUERS
        ? text.replaceFirst("\\{", "{\"iss\":\"https://other.example.com\",")
        : text;
  }

  private static void spoil(Fault fault, Map<String, Object> claims, long now) {
    switch (fault) {
      case WRONG_NONCE -> claims.put("nonce", "another");
      case NO_NONCE -> claims.remove("nonce");
      case WRONG_AUD -> claims.put("aud", "another-client");
      case FURTHER_AUD_WITHOUT_AZP -> claims.put("aud", List.of(FakeProvider.CLIENT, "other"));
      case WRONG_AZP -> claims.put("azp", "another-client");
      case EXPIRED -> claims.put("exp", now - 121);
      case NOT_YET -> claims.put("nbf", now + 600);
      case OF_THE_FUTURE -> claims.put("iat", now + 600);
      case OF_BEFORE -> claims.put("iat", now - 3_600);
      case NO_SUBJECT -> claims.remove("sub");
      case WRONG_AT_HASH -> claims.put("at_hash", "AAAAAAAAAAAAAAAAAAAAAA");
      default -> {}
    }
  }

  private String token(Fault fault, JWSAlgorithm algorithm, String claims) {
    try {
      return switch (fault) {
        case ALG_NONE -> encoded("{\"alg\":\"none\"}") + "." + encoded(claims) + ".";
        case HS256_WITH_PUBLIC_KEY ->
            signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa"),
                new MACSigner(rsa.toRSAPublicKey().getEncoded()),
                claims);
        case RS512 ->
            signed(
                new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("rsa"),
                new RSASSASigner(rsa),
                claims);
        case EMBEDDED_KEY ->
            signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(foreign.toPublicJWK()),
                new RSASSASigner(foreign),
                claims);
        case FOREIGN_KEY_SAME_ID ->
            signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa"),
                new RSASSASigner(foreign),
                claims);
        case UNKNOWN_KEY_ID ->
            signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("../rsa"),
                new RSASSASigner(rsa),
                claims);
        default -> right(algorithm, claims);
      };
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String right(JWSAlgorithm algorithm, String claims) throws JOSEException {
    boolean curve = algorithm.equals(JWSAlgorithm.ES256);
    return signed(
        new JWSHeader.Builder(algorithm).keyID(curve ? "ec" : "rsa"),
        curve ? new ECDSASigner(ec) : new RSASSASigner(rsa),
        claims);
  }

  private static String signed(JWSHeader.Builder header, JWSSigner signer, String claims)
      throws JOSEException {
    JWSObject token = new JWSObject(header.build(), new Payload(claims));
    token.sign(signer);
    return token.serialize();
  }

  private static String atHash() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(ACCESS.getBytes());
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, hash.length / 2));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
