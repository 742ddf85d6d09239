// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * One file of an archive while it is written: hashed and compressed by a thread of its own into a
 * file beside the archive, so that several files can be written at once. One thread writes; what it
 * came to is known once it is closed.
 */
final class ZipPart extends FilterOutputStream {

  private final String name;
  private final Path packed;
  private final MessageDigest hash = BundleWriter.sha256();
  private final CRC32 sum = new CRC32();
  // The usual level takes more than twice as long for a sixth less; much of it is hashes.
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final DeflaterOutputStream compressed;
  private final ZipArchiveEntry entry;
  private boolean closed;

  private ZipPart(String name, Path packed, OutputStream file) {
    super(null);
    this.name = name;
    this.packed = packed;
    this.entry = new ZipArchiveEntry(name);
    this.compressed = new DeflaterOutputStream(file, deflater, PassedOn.PIECE);
    OutputStream hashed = new DigestOutputStream(compressed, hash);
    this.out = new PassedOn(new CheckedOutputStream(hashed, sum), "bundle-" + name);
  }

  /**
   * Begins a file.
   *
   * @param packed where its compressed bytes wait, for their owner alone; what is there goes
   */
  static ZipPart begin(String name, Path packed) throws IOException {
    Files.deleteIfExists(packed);
    OwnerFiles.create(packed);
    return new ZipPart(name, packed, Files.newOutputStream(packed));
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (compressed) {
      out.close();
      compressed.finish();
      entry.setMethod(ZipArchiveEntry.DEFLATED);
      entry.setCrc(sum.getValue());
      entry.setCompressedSize(deflater.getBytesWritten());
      entry.setSize(deflater.getBytesRead());
    } finally {
      deflater.end();
    }
  }

  String name() {
    return name;
  }

  /** Returns the SHA-256 of what was written, once. */
  String hash() {
    return HexFormat.of().formatHex(hash.digest());
  }

  /**
   * Puts it into the archive as it is, behind what is there, and drops what waited.
   *
   * @param now its time, in UTC because the format knows no zones
   */
  void into(ZipArchiveOutputStream zip, Instant now) throws IOException {
    // The library writes the sizes it is told, however many bytes it is given.
    if (Files.size(packed) != entry.getCompressedSize()) {
      throw new IOException(packed + " is not as long as it was written");
    }
    entry.setTimeLocal(LocalDateTime.ofInstant(now, ZoneOffset.UTC));
    try (InputStream in = Files.newInputStream(packed)) {
      zip.addRawArchiveEntry(entry, in);
    }
    drop();
  }

  /** Drops what waited, if anything. */
  void drop() throws IOException {
    Files.deleteIfExists(packed);
  }
}
