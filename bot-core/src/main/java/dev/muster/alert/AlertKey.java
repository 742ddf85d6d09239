// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes two statements be about the same alert: the source and its fingerprint. Without a
 * fingerprint the hash of the sorted labels stands in.
 *
 * @param source the source's name in the configuration
 * @param fingerprint opaque, at most 200 characters
 */
public record AlertKey(String source, String fingerprint) {

  /** Returns the key of an alert that came without a fingerprint. */
  public static AlertKey ofLabels(String source, Map<String, String> labels) {
    MessageDigest digest = sha256();
    new TreeMap<>(labels)
        .forEach(
            (name, value) -> {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              digest.update((byte) 0);
              digest.update(value.getBytes(StandardCharsets.UTF_8));
              digest.update((byte) 0);
            });
    return new AlertKey(source, HexFormat.of().formatHex(digest.digest()).substring(0, 32));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return source + "/" + fingerprint;
  }
}
