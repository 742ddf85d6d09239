// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import dev.muster.chat.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decides whether a request is from Slack, on its bytes as they arrived and before anything reads
 * them. The signature is Slack's version 0: HMAC-SHA256 over version, timestamp and body. A
 * timestamp more than five minutes away is refused in both directions, so that a captured request
 * does not become valid again when our clock is set back. Thread-safe.
 */
public final class RequestVerifier {

  /** Slack's own advice for the age of a request; we hold it towards the future as well. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "v0";

  private final SecretKeySpec key;

  /**
   * Creates a verifier.
   *
   * @throws IllegalArgumentException when the secret is blank: everybody could sign with it
   */
  public RequestVerifier(Secret signingSecret) {
    if (signingSecret.isBlank()) {
      throw new IllegalArgumentException(
          "platforms.slack.signing-secret is empty. Copy the Signing Secret from the app's page"
              + " \"Basic Information\" into SLACK_SIGNING_SECRET.");
    }
    this.key =
        new SecretKeySpec(signingSecret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** What was found out; all but the first refuse the request. */
  public enum Verdict {
    /** It is from Slack and recent. */
    GENUINE,
    /** A header is missing or not in Slack's shape. */
    UNSIGNED,
    /** Its timestamp is too far from now. */
    NOT_NOW,
    /** The signature does not fit the bytes. */
    FORGED
  }

  /** Judges one request by its two headers and its bytes. */
  public Verdict judge(
      Optional<String> timestamp, Optional<String> signature, byte[] body, Instant now) {
    if (timestamp.isEmpty() || signature.isEmpty() || !SECONDS.matcher(timestamp.get()).matches()) {
      return Verdict.UNSIGNED;
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
    if (Duration.between(at, now).abs().compareTo(WINDOW) > 0) {
      return Verdict.NOT_NOW;
    }
    byte[] expected = sign(timestamp.get(), body).getBytes(StandardCharsets.UTF_8);
    byte[] given = signature.get().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, given) ? Verdict.GENUINE : Verdict.FORGED;
  }

  private String sign(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((VERSION + ":" + timestamp + ":").getBytes(StandardCharsets.US_ASCII));
      return VERSION + "=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no HmacSHA256", e);
    }
  }
}
