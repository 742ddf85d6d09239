// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.incident.IncidentId;
import dev.muster.store.Tx;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
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
  private final FileChannel channel;
  private final ChainKey key;
  private final List<ZipPart> parts = new ArrayList<>();
  private ZipPart chain;
  private ChainLines.End end;

  private BundleWriter(Path target, Path draft, FileChannel channel, ChainKey key) {
    this.target = target;
    this.draft = draft;
    this.channel = channel;
    this.key = key;
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

  /**
   * Begins a file, which is hashed and compressed beside who writes; several can be written at
   * once. Each waits beside the archive, and stands in it in the order in which they were begun.
   */
  public OutputStream file(String name) throws IOException {
    ZipPart part = part(name);
    parts.add(part);
    return part;
  }

  /** Puts in a file. */
  public void file(String name, String text) throws IOException {
    file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void file(String name, byte[] bytes) throws IOException {
    try (OutputStream out = file(name)) {
      out.write(bytes);
    }
  }

  private ZipPart part(String name) throws IOException {
    return ZipPart.begin(name, draft.resolveSibling(draft.getFileName() + "." + name));
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
    try (ZipPart lines = part(CHAIN)) {
      chain = lines;
      end = ChainLines.write(((SqlTx) tx).statements(), incident.number(), lines, each::entry);
    }
  }

  /**
   * Seals and puts the archive in place.
   *
   * @return the fingerprint of the key that signed
   */
  public String seal(IncidentId incident, Instant now) throws IOException {
    parts.add(chain);
    file(PUBLIC_KEY, key.publicPem());
    byte[] manifest = manifest(incident, now);
    file(MANIFEST, manifest);
    file(SIGNATURE, HexFormat.of().formatHex(key.sign(manifest)));
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(channel)) {
      for (ZipPart part : parts) {
        part.into(zip, now);
      }
    }
    CopyFile.put(draft, target);
    return ChainKey.fingerprint(key.publicKey());
  }

  private byte[] manifest(IncidentId incident, Instant now) throws IOException {
    ObjectNode hashes = JSON.createObjectNode();
    parts.forEach(part -> hashes.put(part.name(), part.hash()));
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("format", FORMAT);
    manifest.put("incident", incident.toString());
    manifest.put("entries", end.entries());
    manifest.put("head", end.head());
    manifest.put("exportedAt", now.truncatedTo(ChronoUnit.SECONDS).toString());
    manifest.put("publicKey", key.publicText());
    manifest.set("files", hashes);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Drops an archive that was not sealed; its files are closed by who wrote them. */
  @Override
  public void close() throws IOException {
    // It is held until nothing of it is left, for another may begin as soon as it is free.
    try (channel) {
      if (chain != null) {
        chain.drop();
      }
      for (ZipPart part : parts) {
        part.drop();
      }
      Files.deleteIfExists(draft);
    }
  }
}
