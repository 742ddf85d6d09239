// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of the timeline. An entry's hash covers the hash before it, every column that stays
 * for ever, and the commitment; the commitment covers a random salt and what people wrote. Texts
 * are UTF-8 with their length before them, numbers are eight bytes, big end first. One thread.
 */
final class ChainHash {

  /** What stands before the first entry of a stream. */
  static final byte[] NOTHING = new byte[32];

  private final MessageDigest digest;
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  ChainHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * What people wrote.
   *
   * @param details JSON text
   */
  record Words(String text, String reason, String actorName, String details) {}

  /** What stays for ever, times in microseconds. */
  record Place(
      long stream,
      long seq,
      long at,
      long occurredAt,
      String kind,
      String ref,
      String actorType,
      String actorId) {}

  byte[] commitment(byte[] salt, Words words) {
    digest.update(salt);
    add(words.text());
    add(words.reason());
    add(words.actorName());
    add(words.details());
    return digest.digest();
  }

  byte[] entry(byte[] previous, Place place, byte[] commitment) {
    digest.update(previous);
    add(place.stream());
    add(place.seq());
    add(place.at());
    add(place.occurredAt());
    add(place.kind());
    add(place.ref());
    add(place.actorType());
    add(place.actorId());
    return digest.digest(commitment);
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
  }

  private void add(long value) {
    number.putLong(0, value);
    digest.update(number.array());
  }
}
