// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.Memory.Write;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A request that its sender may repeat under the same {@code Idempotency-Key}.
 *
 * @param user who sent it
 * @param key the key as sent
 * @param digest what the key stands for: digest of the body
 */
record Repeatable(String user, String key, String digest) {

  /** What the keys of the records begin with. */
  static final String KEPT = "i/";

  static Repeatable of(String user, String key, byte[] body) {
    return new Repeatable(user, key, sha256(body));
  }

  String recordKey() {
    return KEPT + user + "/" + sha256(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the key under which the delivery is recognised. */
  String deliveryKey() {
    return "k" + sha256((user + "\n" + key).getBytes(StandardCharsets.UTF_8)).substring(0, 40);
  }

  /** Returns the record that remembers what the request made, and when. */
  Write made(String id, Instant now) {
    return Write.of(recordKey(), digest + " " + id + " " + now);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
