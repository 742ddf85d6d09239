// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mints opaque tokens from what they stand for: the same button on the same card keeps its token,
 * and nobody without the key can make one up. Any thread may call.
 */
final class Tokens {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 18;

  private final SecretKeySpec key;

  /** Takes a key of at least 32 random bytes. */
  Tokens(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("a token key has at least 32 bytes");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Returns the token of these parts, 24 characters safe in a URL. */
  String mint(String... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (String part : parts) {
        mac.update(part.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
      }
      byte[] whole = mac.doFinal();
      byte[] head = Arrays.copyOf(whole, BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(head);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
