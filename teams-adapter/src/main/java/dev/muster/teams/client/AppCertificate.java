// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import okhttp3.FormBody;

/**
 * A certificate with its private key instead of a client secret. Each sign-in carries a token of
 * its own, signed with PS256 and naming the certificate by its SHA-256 thumbprint (Microsoft
 * identity platform, "certificate credentials"); the key itself never leaves. Immutable.
 */
public final class AppCertificate implements AppProof {

  private static final String BEARER_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** "Keep it short, 5-10 minutes after nbf at most." */
  private static final Duration LIFE = Duration.ofMinutes(5);

  private static final int SALT_BYTES = 32;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final Secret pem;
  private final PemPair pair;
  private final String thumbprint;

  private AppCertificate(Secret pem, PemPair pair) throws GeneralSecurityException {
    this.pem = pem;
    this.pair = pair;
    this.thumbprint =
        TEXT.encodeToString(
            MessageDigest.getInstance("SHA-256").digest(pair.certificate().getEncoded()));
  }

  /**
   * Reads a certificate and its private key, both as PEM in one text, in any order.
   *
   * @throws IllegalArgumentException with a sentence that names the mend and no part of the text
   */
  public static AppCertificate read(Secret pem) {
    try {
      PemPair pair = PemPair.read(pem.reveal());
      if (pair.isWhole()) {
        return new AppCertificate(pem, pair);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(PemPair.UNREADABLE, e);
    }
    throw new IllegalArgumentException(
        "certificate holds a private key that belongs to another certificate. Put the key and the"
            + " certificate that were made together into one file.");
  }

  @Override
  public void addTo(FormBody.Builder form, SignInTo signIn) {
    form.add("client_assertion_type", BEARER_TYPE).add("client_assertion", assertion(signIn));
  }

  @Override
  public Optional<Instant> ends() {
    return Optional.of(pair.certificate().getNotAfter().toInstant());
  }

  @Override
  public String key() {
    return "certificate";
  }

  private String assertion(SignInTo signIn) {
    ObjectNode header =
        Json.object().put("alg", "PS256").put("typ", "JWT").put("x5t#S256", thumbprint);
    long now = signIn.now().getEpochSecond();
    ObjectNode claims =
        Json.object()
            .put("aud", signIn.address())
            .put("iss", signIn.appId())
            .put("sub", signIn.appId())
            .put("jti", signIn.id())
            .put("nbf", now)
            .put("iat", now)
            .put("exp", now + LIFE.toSeconds());
    String signed =
        TEXT.encodeToString(Json.bytes(header)) + "." + TEXT.encodeToString(Json.bytes(claims));
    return signed + "." + TEXT.encodeToString(signature(signed));
  }

  private byte[] signature(String text) {
    try {
      Signature pss = Signature.getInstance("RSASSA-PSS");
      pss.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_BYTES, 1));
      pss.initSign(pair.key());
      pss.update(text.getBytes(StandardCharsets.US_ASCII));
      return pss.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with RSASSA-PSS", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AppCertificate certificate && pem.equals(certificate.pem);
  }

  @Override
  public int hashCode() {
    return thumbprint.hashCode();
  }
}
