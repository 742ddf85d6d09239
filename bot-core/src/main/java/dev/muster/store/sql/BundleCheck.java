// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.incident.IncidentId;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Checks an archive that {@link BundleWriter} wrote, by what is in it alone: needs no store, no
 * network and no key but the public one inside.
 */
public final class BundleCheck {

  private static final int MOST_MANIFEST_BYTES = 1 << 20;
  private static final int LONGEST_LINE = 8 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ZipFile zip;
  private final byte[] manifestBytes;
  private final JsonNode manifest;
  private final String incident;
  private final List<String> problems = new ArrayList<>();
  private long entries;
  private long erased;

  private BundleCheck(ZipFile zip, byte[] manifestBytes, IncidentId incident, JsonNode manifest) {
    this.zip = zip;
    this.manifestBytes = manifestBytes;
    this.manifest = manifest;
    this.incident = incident.toString();
  }

  /**
   * What was found.
   *
   * @param incident which incident the archive is about
   * @param entries how many entries fitted
   * @param erased how many of them have had their words erased
   * @param fingerprint of the key that the archive names; compare it with that of the store
   * @param problems one sentence each, the first bad entry first; empty when everything fits
   */
  public record Found(
      String incident, long entries, long erased, String fingerprint, List<String> problems) {
    /** Keeps an unmodifiable copy. */
    public Found {
      problems = List.copyOf(problems);
    }
  }

  /** Returns whether a file is an archive at all, whole or not. */
  public static boolean isArchive(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    }
  }

  /**
   * Checks an archive.
   *
   * @throws IOException when it is none, or cut off; the message is a sentence for an operator
   */
  public static Found check(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
      byte[] bytes = small(zip, BundleWriter.MANIFEST);
      JsonNode manifest = JSON.readTree(bytes);
      Optional<IncidentId> incident = IncidentId.parse(manifest.path("incident").asText());
      if (!manifest.path("format").asText().equals(BundleWriter.FORMAT) || incident.isEmpty()) {
        throw new IOException(file + " is no archive of an incident that this program knows.");
      }
      return new BundleCheck(zip, bytes, incident.get(), manifest).found(incident.get());
    } catch (ZipException e) {
      throw damaged(file, e.getMessage(), e);
    } catch (EOFException | JsonProcessingException e) {
      throw damaged(file, "a part of it cannot be read", e);
    }
  }

  private static IOException damaged(Path file, String why, IOException cause) {
    return new IOException(file + " is damaged or cut off: " + why + ". Export it again.", cause);
  }

  private static byte[] small(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(zip.getName() + " is not whole: " + name + " is missing.");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes(MOST_MANIFEST_BYTES);
    }
  }

  private Found found(IncidentId id) throws IOException {
    chain(id.number());
    Optional<PublicKey> key = key();
    if (key.isEmpty() || !signed(key.get())) {
      problems.add(BundleWriter.MANIFEST + " is not signed by the key that it names.");
    }
    files();
    return new Found(
        incident, entries, erased, key.map(ChainKey::fingerprint).orElse("none"), problems);
  }

  private void chain(long stream) throws IOException {
    ZipEntry entry = zip.getEntry(BundleWriter.CHAIN);
    if (entry == null) {
      problems.add("The chain of " + incident + " is missing: " + BundleWriter.CHAIN + ".");
      return;
    }
    ChainLink.Follow follow = new ChainLink.Follow();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
      for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
        Optional<String> wrong = wrong(follow, stream, line.get());
        if (wrong.isPresent()) {
          problems.add("Entry " + follow.last() + " of " + incident + wrong.get() + ".");
          return;
        }
        entries = follow.last();
      }
    } catch (ZipException | EOFException e) {
      problems.add("Entry " + follow.wanted() + " of " + incident + " is damaged or cut off.");
      return;
    }
    end(follow);
  }

  /** Returns the next line, at most so long that no archive fills the memory; empty at the end. */
  private static Optional<String> next(Reader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    int read = lines.read();
    if (read < 0) {
      return Optional.empty();
    }
    while (read >= 0 && read != '\n' && line.length() < LONGEST_LINE) {
      line.append((char) read);
      read = lines.read();
    }
    return Optional.of(line.toString());
  }

  private Optional<String> wrong(ChainLink.Follow follow, long stream, String line) {
    try {
      ChainLink link = ChainLines.read(stream, line);
      erased += link.salt() == null || Redactions.isReplaced(link) ? 1 : 0;
      return follow.next(link).map(why -> " does not fit its chain: " + why);
    } catch (IOException e) {
      follow.skip();
      return Optional.of(" cannot be read");
    }
  }

  private void end(ChainLink.Follow follow) {
    follow
        .firstUntold()
        .ifPresent(
            seq ->
                problems.add(
                    "Entry %d of %s does not fit its chain: %s."
                        .formatted(seq, incident, ChainWalk.UNTOLD)));
    long wanted = manifest.path("entries").asLong();
    String head = HexFormat.of().formatHex(follow.head());
    if (entries < wanted) {
      problems.add(
          "Entry %d of %s is missing: the timeline was cut off, %d entries were exported."
              .formatted(entries + 1, incident, wanted));
    } else if (!manifest.path("head").asText().equals(head)) {
      problems.add("Entry " + entries + " of " + incident + " is not the one that was signed.");
    }
  }

  private Optional<PublicKey> key() {
    try {
      return Optional.of(ChainKey.publicKey(manifest.path("publicKey").asText()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean signed(PublicKey key) throws IOException {
    String text = new String(small(zip, BundleWriter.SIGNATURE), StandardCharsets.US_ASCII);
    try {
      return ChainKey.verifies(key, manifestBytes, HexFormat.of().parseHex(text.strip()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void files() throws IOException {
    Set<String> known = new HashSet<>(Set.of(BundleWriter.MANIFEST, BundleWriter.SIGNATURE));
    Iterator<String> names = manifest.path("files").fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      known.add(name);
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        problems.add(name + " is missing.");
      } else if (!manifest.path("files").path(name).asText().equals(hash(entry))) {
        problems.add(name + " was changed after the export.");
      }
    }
    zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> !known.contains(name))
        .forEach(
            name ->
                problems.add(name.replaceAll("\\p{Cntrl}", "?") + " was put in after the export."));
  }

  private String hash(ZipEntry entry) throws IOException {
    MessageDigest digest = BundleWriter.sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = zip.getInputStream(entry)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (ZipException | EOFException e) {
      return "damaged";
    }
  }
}
