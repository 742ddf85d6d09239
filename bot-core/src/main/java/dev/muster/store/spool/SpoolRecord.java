// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.spool;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A body that was acknowledged while there was no store.
 *
 * @param arrivedAt when it came, to the microsecond
 * @param source who sent it, by the name in the configuration
 * @param delivery the key it is stored under, which its sender was told
 * @param hash by which a repetition is recognised
 * @param body as it came, byte for byte
 */
public record SpoolRecord(
    Instant arrivedAt, String source, String delivery, String hash, byte[] body) {

  /** Returns everything in the order of the fields; texts and numbers as in {@link SpoolWalk}. */
  ByteBuffer packed() {
    byte[][] texts = {bytes(source), bytes(delivery), bytes(hash)};
    int length = Long.BYTES + body.length;
    for (byte[] text : texts) {
      length += Short.BYTES + text.length;
    }
    ByteBuffer packed = ByteBuffer.allocate(length);
    packed.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, arrivedAt));
    for (byte[] text : texts) {
      packed.putShort((short) text.length).put(text);
    }
    return packed.put(body).flip();
  }

  /** Reads what {@link #packed} made; empty when it is nothing of the kind. */
  static Optional<SpoolRecord> unpacked(ByteBuffer packed) {
    try {
      Instant at = Instant.EPOCH.plus(packed.getLong(), ChronoUnit.MICROS);
      String source = text(packed);
      String delivery = text(packed);
      String hash = text(packed);
      byte[] body = new byte[packed.remaining()];
      packed.get(body);
      return Optional.of(new SpoolRecord(at, source, delivery, hash, body));
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > Short.MAX_VALUE) {
      throw new IllegalArgumentException("a name in a spool has at most 32767 bytes");
    }
    return bytes;
  }

  private static String text(ByteBuffer packed) {
    int length = packed.getShort();
    if (length < 0) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    packed.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
