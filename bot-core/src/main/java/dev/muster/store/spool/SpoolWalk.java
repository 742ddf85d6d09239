// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The format of a spool, and the way through one. Records stand one behind the other; whole numbers
 * have their highest byte first:
 *
 * <pre>
 *  0  4  the letters MSP1
 *  4  4  how many bytes follow the head
 *  8  4  CRC-32C of the eight bytes before
 * 12  4  CRC-32C of what follows the head
 * 16     microseconds since 1970 (8), source, delivery and hash (2 for the length, then UTF-8),
 *        the body
 * </pre>
 *
 * <p>The head has a checksum of its own, so that a record that was cut off is told from one that
 * was changed: the first was never acknowledged. Behind a head that was changed the next whole one
 * is looked for. No sender can put one into a body: the first byte of a length is at most 4, and
 * JSON has no byte below 9.
 */
final class SpoolWalk {

  static final int HEAD = 16;

  private static final int MARK = 0x4d535031;
  private static final int CHECKED = 8;
  private static final int STRIDE = 1 << 16;

  private final RandomAccessFile file;
  private final long size;
  private final List<SpoolFile.Part> damaged = new ArrayList<>();
  private int records;

  SpoolWalk(RandomAccessFile file) throws IOException {
    this.file = file;
    this.size = file.length();
  }

  /** Returns a record as it stands in the file. */
  static byte[] bytes(SpoolRecord entry) {
    ByteBuffer packed = entry.packed();
    ByteBuffer whole = ByteBuffer.allocate(HEAD + packed.remaining());
    whole.putInt(MARK).putInt(packed.remaining());
    whole.putInt(sum(whole.array(), 0, CHECKED));
    whole.putInt(sum(packed.array(), 0, packed.limit()));
    return whole.put(packed).array();
  }

  /**
   * Goes from the beginning to the end.
   *
   * @param taker gets every whole record, in the order they came
   * @return where the last whole or damaged record ends; what is behind was cut off
   */
  long each(Consumer<SpoolRecord> taker) throws IOException {
    long at = 0;
    while (size - at >= HEAD) {
      Optional<Head> head = head(at);
      if (head.isEmpty()) {
        long next = nextHead(at + 1);
        damaged.add(new SpoolFile.Part(at, next));
        at = next;
        continue;
      }
      long end = at + HEAD + head.get().length();
      if (end > size) {
        return at;
      }
      Optional<SpoolRecord> found = body(at, head.get());
      if (found.isPresent()) {
        records++;
        taker.accept(found.get());
      } else {
        damaged.add(new SpoolFile.Part(at, end));
      }
      at = end;
    }
    return at;
  }

  /** Returns how many whole records were found. */
  int records() {
    return records;
  }

  /** Returns the parts that hold no record any more. */
  List<SpoolFile.Part> damaged() {
    return List.copyOf(damaged);
  }

  private record Head(int length, int sum) {}

  private Optional<Head> head(long at) throws IOException {
    return head(bytes(at, HEAD), 0);
  }

  private static Optional<Head> head(byte[] bytes, int from) {
    ByteBuffer head = ByteBuffer.wrap(bytes, from, HEAD);
    boolean marked = head.getInt() == MARK;
    int length = head.getInt();
    boolean checked = head.getInt() == sum(bytes, from, CHECKED);
    boolean whole = marked && checked && length >= 0 && length <= SpoolFile.MOST_BYTES;
    return whole ? Optional.of(new Head(length, head.getInt())) : Optional.empty();
  }

  private Optional<SpoolRecord> body(long at, Head head) throws IOException {
    byte[] packed = bytes(at + HEAD, head.length());
    return sum(packed, 0, packed.length) == head.sum()
        ? SpoolRecord.unpacked(ByteBuffer.wrap(packed))
        : Optional.empty();
  }

  /** Returns where the next whole head stands; the end of the file when there is none. */
  private long nextHead(long from) throws IOException {
    for (long at = from; size - at >= HEAD; at += STRIDE) {
      byte[] bytes = bytes(at, (int) Math.min(STRIDE + HEAD - 1, size - at));
      for (int i = 0; i + HEAD <= bytes.length; i++) {
        if (head(bytes, i).isPresent()) {
          return at + i;
        }
      }
    }
    return size;
  }

  private byte[] bytes(long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(at);
    file.readFully(bytes);
    return bytes;
  }

  private static int sum(byte[] bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
