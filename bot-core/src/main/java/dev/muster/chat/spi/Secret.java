// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be seen: a token, a password, a signing key. Prints as stars, so that no log
 * line, error or record can show it by accident; only {@link #reveal()} gives it out. May be blank,
 * which means that none was configured. Immutable.
 */
public final class Secret {

  private static final String STARS = "********";
  private static final Secret BLANK = new Secret("");

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Returns a secret that holds {@code value} as it is, without trimming. */
  public static Secret of(String value) {
    return value.isEmpty() ? BLANK : new Secret(value);
  }

  /** Returns the secret of something that was not configured. */
  public static Secret blank() {
    return BLANK;
  }

  /** Returns the text itself. Call it where the text is used, never where it is passed on. */
  public String reveal() {
    return value;
  }

  /** Returns whether there is nothing but white space. */
  public boolean isBlank() {
    return value.isBlank();
  }

  /**
   * Compares with what somebody presented, in a time that does not tell how much of it was right. A
   * blank secret matches nothing, not even the empty text.
   */
  public boolean matches(String presented) {
    return !isBlank() && MessageDigest.isEqual(bytes(value), bytes(presented));
  }

  /** Compares in a time that does not depend on where the first difference is. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(bytes(value), bytes(secret.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Returns stars, always the same number of them; nothing at all for a blank secret. */
  @Override
  public String toString() {
    return isBlank() ? "" : STARS;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
