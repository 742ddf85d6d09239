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
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  /**
   * So long is what the secret before signed taken too: a reload may come before Slack changed
   * over, and what it repeats within some minutes may lie in between.
   */
  public static final Duration OVERLAP = Duration.ofMinutes(10);

  private final Supplier<Secret> signingSecret;
  private volatile Keys keys;
  private volatile boolean forgedLately;

  /** The secret in force, and its key beside the one before. A blank secret has no key. */
  private record Keys(
      Secret secret, Optional<SecretKeySpec> now, Optional<SecretKeySpec> before, Instant until) {

    private static Optional<SecretKeySpec> key(Secret secret) {
      return secret.isBlank()
          ? Optional.empty()
          : Optional.of(
              new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }

    static Keys of(Secret secret) {
      return new Keys(secret, key(secret), Optional.empty(), Instant.MIN);
    }

    Keys followedBy(Secret secret, Instant now) {
      return new Keys(secret, key(secret), this.now, now.plus(OVERLAP));
    }

    Stream<SecretKeySpec> at(Instant instant) {
      return Stream.concat(now.stream(), before.filter(key -> instant.isBefore(until)).stream());
    }
  }

  /**
   * Creates a verifier.
   *
   * @param signingSecret asked for at each request, because an operator may put in a new one; while
   *     it is blank nobody can sign
   */
  public RequestVerifier(Supplier<Secret> signingSecret) {
    this.signingSecret = signingSecret;
    this.keys = Keys.of(signingSecret.get());
  }

  /** Heeds a secret that an operator has changed; the overlap begins when this is noticed. */
  public synchronized void heed(Instant now) {
    Secret current = signingSecret.get();
    if (!current.equals(keys.secret())) {
      keys = keys.followedBy(current, now);
    }
  }

  /** Returns whether the last signature that was judged did not fit the secret. */
  public boolean isMisfit() {
    return forgedLately;
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
    boolean genuine = isSigned(timestamp.get(), signature.get(), body, now);
    forgedLately = !genuine;
    return genuine ? Verdict.GENUINE : Verdict.FORGED;
  }

  /**
   * Returns when Slack signed what was refused for its timestamp alone; empty when it never did.
   * That is no reason to believe the request: it may be a captured one.
   */
  Optional<Instant> signedAt(
      Optional<String> timestamp, Optional<String> signature, byte[] body, Instant now) {
    return timestamp
        .filter(at -> SECONDS.matcher(at).matches())
        .filter(at -> signature.filter(given -> isSigned(at, given, body, now)).isPresent())
        .map(at -> Instant.ofEpochSecond(Long.parseLong(at)));
  }

  private boolean isSigned(String timestamp, String signature, byte[] body, Instant now) {
    heed(now);
    byte[] given = signature.getBytes(StandardCharsets.UTF_8);
    return keys.at(now)
        .map(key -> sign(key, timestamp, body).getBytes(StandardCharsets.UTF_8))
        .anyMatch(expected -> MessageDigest.isEqual(expected, given));
  }

  private static String sign(SecretKeySpec key, String timestamp, byte[] body) {
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
