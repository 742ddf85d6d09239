// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.incident.IncidentId;
import dev.muster.store.Tx;
import dev.muster.timeline.TimelineEntry;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes everything about one incident into a sealed archive: the files that are put in, the chain
 * of its timeline, and a manifest with the hash of each file and of the chain's end, signed with
 * the key of the store. The archive appears whole or not at all. One thread.
 */
public final class BundleWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BundleWriter.class);

  static final String FORMAT = "muster-bundle-1";
  static final String CHAIN = "chain.jsonl";
  static final String MANIFEST = "manifest.json";
  static final String SIGNATURE = "manifest.sig";
  private static final String PUBLIC_KEY = "public-key.pem";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path target;
  private final Path draft;
  private final ChainKey key;
  private final FileChannel channel;
  private final ZipOutputStream zip;
  private final ObjectNode hashes = JSON.createObjectNode();
  private final List<Path> aside = new ArrayList<>();
  private ChainLines.End end;

  private BundleWriter(Path target, Path draft, FileChannel channel, ChainKey key) {
    this.target = target;
    this.draft = draft;
    this.channel = channel;
    this.key = key;
    zip =
        new ZipOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(channel), PassedOn.PIECE),
            StandardCharsets.UTF_8);
    // The usual level takes more than twice as long for a sixth less; much of it is hashes.
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /**
   * Begins an archive.
   *
   * @param jdbcUrl the store whose key signs
   * @param target a file that does not exist yet
   * @throws IOException when it exists or is just being written, or the key is missing; the message
   *     is a sentence for an operator
   */
  public static BundleWriter to(String jdbcUrl, Path target) throws IOException {
    Path whole = target.toAbsolutePath();
    if (Files.exists(whole)) {
      throw new IOException(target + " exists already. Name a new file with --out.");
    }
    if (!Files.isDirectory(whole.getParent())) {
      throw new IOException(
          "There is no folder " + whole.getParent() + ". Make it: mkdir -p " + whole.getParent());
    }
    Path keyFile = StoreUrl.parse(jdbcUrl).key();
    if (!Files.exists(keyFile)) {
      throw new IOException(
          "The key "
              + keyFile
              + " is missing. Put your copy in place, or start Muster once,"
              + " which makes a new one.");
    }
    ChainKey key = ChainKey.read(keyFile);
    Path draft = whole.resolveSibling("." + whole.getFileName() + ".writing");
    return new BundleWriter(whole, draft, alone(draft, target), key);
  }

  /** Two that write the same archive would mix their parts, and both would be told that it fits. */
  private static FileChannel alone(Path draft, Path target) throws IOException {
    if (Files.exists(draft, LinkOption.NOFOLLOW_LINKS)) {
      // Left by one that was stopped, unless it is held.
      hold(draft, target).close();
      Files.deleteIfExists(draft);
    }
    OwnerFiles.create(draft);
    return hold(draft, target);
  }

  /** The system lets go when the channel is closed, or the process ends in whatever way. */
  private static FileChannel hold(Path draft, Path target) throws IOException {
    FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      LOG.debug("another thread of this process writes {}", target);
    }
    if (lock == null) {
      channel.close();
      throw new IOException(target + " is just being written by another export. Wait for it.");
    }
    return channel;
  }

  /** Begins a file, which is hashed and compressed beside who writes; close it before the next. */
  public OutputStream file(String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    DigestOutputStream digesting = new DigestOutputStream(zip, sha256());
    return new FilterOutputStream(new PassedOn(digesting, "bundle-" + name)) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        out.close();
        hashes.put(name, HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
        zip.closeEntry();
      }
    };
  }

  /** Puts in a file. */
  public void file(String name, String text) throws IOException {
    try (OutputStream out = file(name)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Begins a file that is written while others are. It waits beside the archive until it is put in:
   * an archive has one file after another.
   */
  public OutputStream aside(String name) throws IOException {
    Path waiting = waiting(name);
    Files.deleteIfExists(waiting);
    OwnerFiles.create(waiting);
    aside.add(waiting);
    return new BufferedOutputStream(Files.newOutputStream(waiting), PassedOn.PIECE);
  }

  /** Puts in a file that was written aside and closed. */
  public void include(String name) throws IOException {
    Path waiting = waiting(name);
    try (OutputStream out = file(name)) {
      Files.copy(waiting, out);
    }
    Files.delete(waiting);
  }

  private Path waiting(String name) {
    return draft.resolveSibling(draft.getFileName() + "." + name);
  }

  /** Takes each entry of a timeline, in order. */
  @FunctionalInterface
  public interface Each {
    /** Takes the next one. */
    void entry(TimelineEntry entry) throws IOException;
  }

  /**
   * Reads the timeline of an incident once, as a transaction sees it: for its chain, which is put
   * in when the archive is sealed, and for whatever else is made of its entries.
   */
  public void chain(Tx tx, IncidentId incident, Each each) throws IOException {
    try (OutputStream out = aside(CHAIN)) {
      end = ChainLines.write(((SqlTx) tx).statements(), incident.number(), out, each::entry);
    }
  }

  /**
   * Seals and puts the archive in place.
   *
   * @return the fingerprint of the key that signed
   */
  public String seal(IncidentId incident, Instant now) throws IOException {
    include(CHAIN);
    file(PUBLIC_KEY, key.publicPem());
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("format", FORMAT);
    manifest.put("incident", incident.toString());
    manifest.put("entries", end.entries());
    manifest.put("head", end.head());
    manifest.put("exportedAt", now.truncatedTo(ChronoUnit.SECONDS).toString());
    manifest.put("publicKey", key.publicText());
    manifest.set("files", hashes);
    byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
    put(MANIFEST, bytes);
    put(SIGNATURE, HexFormat.of().formatHex(key.sign(bytes)).getBytes(StandardCharsets.US_ASCII));
    zip.close();
    CopyFile.put(draft, target);
    return ChainKey.fingerprint(key.publicKey());
  }

  private void put(String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Drops an archive that was not sealed. */
  @Override
  public void close() throws IOException {
    try {
      zip.close();
    } finally {
      // What cannot be written to its end is not closed by its streams.
      channel.close();
      for (Path waiting : aside) {
        Files.deleteIfExists(waiting);
      }
      Files.deleteIfExists(draft);
    }
  }
}
