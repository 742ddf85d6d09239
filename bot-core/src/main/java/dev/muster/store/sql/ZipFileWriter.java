// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts files that are compressed already into a zip archive, one behind the other, and its index at
 * the end. The library's writer compresses everything itself, one file after another. Sizes and
 * places beyond four gigabytes stand in the fields that Zip64 has for them. One thread.
 */
final class ZipFileWriter implements Closeable {

  /** What a field of four bytes cannot hold any more; it says so by this value. */
  static final long FULL = 0xFFFF_FFFFL;

  private static final int OLDEST_READER = 20;
  private static final int ZIP64_READER = 45;
  private static final int NAMES_ARE_UTF8 = 1 << 11;
  private static final int DEFLATED = 8;
  private static final int ZIP64_FIELD = 1;
  private static final int ROOM = 256;

  private final FileChannel out;
  private final int date;
  private final int time;
  private final long full;
  private final List<Placed> placed = new ArrayList<>();

  /**
   * A file of the archive.
   *
   * @param sum its CRC-32
   * @param packed how many bytes it has compressed
   * @param plain how many bytes it has
   */
  record Entry(String name, long sum, long packed, long plain) {}

  private record Placed(Entry entry, byte[] name, long at) {}

  private ZipFileWriter(FileChannel out, Instant now, long full) {
    this.out = out;
    this.full = full;
    LocalDateTime utc = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    date = utc.getYear() - 1980 << 9 | utc.getMonthValue() << 5 | utc.getDayOfMonth();
    time = utc.getHour() << 11 | utc.getMinute() << 5 | utc.getSecond() / 2;
  }

  /**
   * Begins an archive.
   *
   * @param target an open file that is empty; closed with the archive
   * @param now the time of all its files, in UTC because the format knows no zones
   */
  static ZipFileWriter to(FileChannel target, Instant now) {
    return to(target, now, FULL);
  }

  /**
   * As {@link #to(FileChannel, Instant)}, as if a field could hold less than {@code full} alone.
   */
  static ZipFileWriter to(FileChannel target, Instant now, long full) {
    return new ZipFileWriter(target, now, full);
  }

  /** Puts in a file whose compressed bytes lie in another. */
  void put(Entry entry, Path packed) throws IOException {
    Placed file = new Placed(entry, entry.name().getBytes(StandardCharsets.UTF_8), out.position());
    placed.add(file);
    write(localHeader(file));
    try (FileChannel from = FileChannel.open(packed, StandardOpenOption.READ)) {
      long copied = 0;
      while (copied < entry.packed()) {
        long some = from.transferTo(copied, entry.packed() - copied, out);
        if (some <= 0) {
          throw new IOException(packed + " is shorter than it was written");
        }
        copied += some;
      }
    }
  }

  /** Ends the archive: its index, and where that lies. */
  void finish() throws IOException {
    long begin = out.position();
    for (Placed file : placed) {
      write(indexed(file));
    }
    long size = out.position() - begin;
    if (begin >= full || size >= full) {
      write(zip64End(begin, size));
    }
    ByteBuffer end = room().putInt(0x0605_4b50).putInt(0);
    end.putShort((short) placed.size()).putShort((short) placed.size());
    end.putInt(field(size)).putInt(field(begin)).putShort((short) 0);
    write(end);
  }

  private ByteBuffer localHeader(Placed file) {
    Entry entry = file.entry();
    boolean large = isLarge(entry);
    ByteBuffer head = room(file).putInt(0x0403_4b50);
    common(head, file, large);
    // Here both sizes stand in the larger fields, or none.
    head.putInt(large ? (int) FULL : (int) entry.packed());
    head.putInt(large ? (int) FULL : (int) entry.plain());
    head.putShort((short) file.name().length).putShort((short) (large ? 20 : 0));
    head.put(file.name());
    if (large) {
      head.putShort((short) ZIP64_FIELD).putShort((short) 16);
      head.putLong(entry.plain()).putLong(entry.packed());
    }
    return head;
  }

  private ByteBuffer indexed(Placed file) {
    Entry entry = file.entry();
    boolean large = isLarge(entry);
    boolean far = file.at() >= full;
    int more = (large ? 16 : 0) + (far ? 8 : 0);
    ByteBuffer line = room(file).putInt(0x0201_4b50).putShort((short) reader(large || far));
    common(line, file, large || far);
    line.putInt(large ? (int) FULL : (int) entry.packed());
    line.putInt(large ? (int) FULL : (int) entry.plain());
    line.putShort((short) file.name().length).putShort((short) (more == 0 ? 0 : more + 4));
    // No remark, on the first disk, no attributes.
    line.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    line.putInt(field(file.at())).put(file.name());
    if (more > 0) {
      line.putShort((short) ZIP64_FIELD).putShort((short) more);
    }
    if (large) {
      line.putLong(entry.plain()).putLong(entry.packed());
    }
    return far ? line.putLong(file.at()) : line;
  }

  private void common(ByteBuffer into, Placed file, boolean large) {
    into.putShort((short) reader(large)).putShort((short) NAMES_ARE_UTF8);
    into.putShort((short) DEFLATED).putShort((short) time).putShort((short) date);
    into.putInt((int) file.entry().sum());
  }

  private ByteBuffer zip64End(long begin, long size) throws IOException {
    long at = out.position();
    ByteBuffer end = room().putInt(0x0606_4b50).putLong(44);
    end.putShort((short) ZIP64_READER).putShort((short) ZIP64_READER).putInt(0).putInt(0);
    end.putLong(placed.size()).putLong(placed.size()).putLong(size).putLong(begin);
    return end.putInt(0x0706_4b50).putInt(0).putLong(at).putInt(1);
  }

  private boolean isLarge(Entry entry) {
    return entry.packed() >= full || entry.plain() >= full;
  }

  private static int reader(boolean large) {
    return large ? ZIP64_READER : OLDEST_READER;
  }

  private int field(long value) {
    return (int) (value >= full ? FULL : value);
  }

  private static ByteBuffer room(Placed file) {
    return ByteBuffer.allocate(ROOM + file.name().length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer room() {
    return ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(ByteBuffer bytes) throws IOException {
    bytes.flip();
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
