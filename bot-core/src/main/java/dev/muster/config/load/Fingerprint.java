// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 over all files of one reading, in their order, each with its length before it. */
final class Fingerprint {

  private final MessageDigest digest = sha256();

  void add(byte[] file) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(file.length).flip());
    digest.update(file);
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(byte[] file) {
    return HexFormat.of().formatHex(sha256().digest(file));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
