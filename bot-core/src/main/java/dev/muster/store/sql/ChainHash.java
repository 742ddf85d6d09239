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
  private ByteBuffer written = ByteBuffer.allocate(1024);

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
    add(salt);
    add(words.text());
    add(words.reason());
    add(words.actorName());
    add(words.details());
    return hash();
  }

  byte[] entry(byte[] previous, Place place, byte[] commitment) {
    add(previous);
    add(place.stream());
    add(place.seq());
    add(place.at());
    add(place.occurredAt());
    add(place.kind());
    add(place.ref());
    add(place.actorType());
    add(place.actorId());
    add(commitment);
    return hash();
  }

  private byte[] hash() {
    digest.update(written.array(), 0, written.position());
    written.clear();
    return digest.digest();
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    add(bytes);
  }

  private void add(long value) {
    room(Long.BYTES).putLong(value);
  }

  private void add(byte[] bytes) {
    room(bytes.length).put(bytes);
  }

  private ByteBuffer room(int bytes) {
    if (written.remaining() < bytes) {
      int needed = written.position() + bytes;
      written = ByteBuffer.allocate(2 * needed).put(written.flip());
    }
    return written;
  }
}
