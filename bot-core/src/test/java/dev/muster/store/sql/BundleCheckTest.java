// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody does to an exported archive is found, by the archive alone. */
final class BundleCheckTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final IncidentId ID = new IncidentId(1);
  private static final int FACTS = 50;

  @TempDir private Path folder;
  private Path bundle;

  @BeforeEach
  void export() throws IOException {
    bundle = folder.resolve("b.zip");
    try (SqliteWorld world = new SqliteWorld(folder)) {
      world.store().run(tx -> append(tx.timeline()));
      world
          .store()
          .run(
              tx -> {
                tx.timeline().eraseText(Stream.of(ID), 7);
                return true;
              });
      String url = "jdbc:sqlite:" + world.file();
      try (StoreReader reader = StoreReader.open(url);
          BundleWriter writer = BundleWriter.to(url, bundle)) {
        writer.file("INC-1.md", "# INC-1");
        reader.read(
            tx -> {
              try {
                writer.chain(tx, ID, entry -> {});
                return true;
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
        writer.seal(ID, NOON);
      }
    }
  }

  private static boolean append(dev.muster.store.TimelineStore timeline) {
    for (int i = 1; i <= FACTS; i++) {
      NewEntry entry = NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), "note " + i);
      timeline.append(Stream.of(ID), entry, NOON);
    }
    return true;
  }

  private List<String> problems() throws IOException {
    return BundleCheck.check(bundle).problems();
  }

  private void tamper(Consumer<Map<String, byte[]>> act) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(bundle))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    act.accept(files);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bundle))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
  }

  private void tamperLines(Consumer<List<String>> act) throws IOException {
    tamper(
        files -> {
          String chain = new String(files.get("chain.jsonl"), StandardCharsets.UTF_8);
          List<String> lines = new ArrayList<>(List.of(chain.split("\n")));
          act.accept(lines);
          files.put(
              "chain.jsonl", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        });
  }

  private void assertFirst(String words) throws IOException {
    List<String> problems = problems();
    assertFalse(problems.isEmpty());
    assertTrue(problems.get(0).contains(words), problems.toString());
  }

  @Test
  void untouched_fits_andSaysWhatWasErased() throws IOException {
    BundleCheck.Found found = BundleCheck.check(bundle);

    assertEquals(List.of(), found.problems());
    assertEquals("INC-1", found.incident());
    assertEquals(FACTS, found.entries());
    assertEquals(1, found.erased());
    assertTrue(found.fingerprint().startsWith("SHA256:"));
    assertTrue(BundleCheck.isArchive(bundle));
  }

  @Test
  void redactedWords_areNowhereInTheArchive() throws IOException {
    tamper(
        files ->
            files.forEach(
                (name, content) ->
                    assertFalse(
                        new String(content, StandardCharsets.UTF_8).contains("note 7\""), name)));
  }

  @Test
  void editedText_namesTheEntry() throws IOException {
    tamperLines(lines -> lines.set(41, lines.get(41).replace("note 42", "note xx")));
    assertFirst("Entry 42 of INC-1 does not fit its chain: its words were changed");
  }

  @Test
  void editedFact_namesTheEntry() throws IOException {
    tamperLines(lines -> lines.set(41, lines.get(41).replace("note_added", "highlighted")));
    assertFirst("Entry 42 of INC-1 does not fit its chain: it was changed");
  }

  @Test
  void removedEntry_namesIt() throws IOException {
    tamperLines(lines -> lines.remove(41));
    assertFirst("Entry 42 of INC-1 does not fit its chain: it is missing");
  }

  @Test
  void swappedEntries_nameTheFirst() throws IOException {
    tamperLines(lines -> Collections.swap(lines, 41, 42));
    assertFirst("Entry 42 of INC-1");
  }

  @Test
  void cutOffEnd_namesTheFirstMissing() throws IOException {
    tamperLines(lines -> lines.subList(40, FACTS).clear());
    assertFirst("Entry 41 of INC-1 is missing: the timeline was cut off");
  }

  @Test
  void unreadableLine_namesTheEntry() throws IOException {
    tamperLines(lines -> lines.set(9, lines.get(9).substring(0, 30)));
    assertFirst("Entry 10 of INC-1 cannot be read");
  }

  @Test
  void endlessLine_isNotReadToItsEnd() throws IOException {
    tamper(
        files -> {
          byte[] spaces = new byte[64 << 20];
          Arrays.fill(spaces, (byte) ' ');
          files.put("chain.jsonl", spaces);
        });
    assertFirst("Entry 1 of INC-1 cannot be read");
  }

  @Test
  void wordsErasedBehindOurBack_areFound() throws IOException {
    tamperLines(
        lines ->
            lines.set(
                2,
                lines
                    .get(2)
                    .replaceAll(
                        "\"(salt|text|reason|actorName|details)\":\"[^\"]*\"", "\"$1\":null")));
    assertFirst("chain.jsonl was changed after the export");
  }

  @Test
  void stampedAnewWithoutTheKey_isFound() throws IOException {
    tamperLines(lines -> restamp(lines));
    assertFirst("Entry 50 of INC-1 is not the one that was signed");
  }

  /** Changes a word and computes every hash from there on anew. */
  private static void restamp(List<String> lines) {
    ChainHash hash = new ChainHash();
    byte[] previous = ChainHash.NOTHING;
    try {
      for (int i = 0; i < lines.size(); i++) {
        ChainLink link = ChainLines.read(1, lines.get(i));
        byte[] commitment = link.commitment();
        String line = lines.get(i);
        if (i == 41) {
          ChainHash.Words words = new ChainHash.Words("never said", "", "Muster", "{}");
          commitment = hash.commitment(link.salt(), words);
          line = line.replace("note 42", "never said");
          line = line.replaceAll("\"actorName\":\"[^\"]*\"", "\"actorName\":\"Muster\"");
        }
        byte[] stamped = hash.entry(previous, link.place(), commitment);
        line =
            line.replaceAll(
                "\"commitment\":\"[^\"]*\",\"hash\":\"[^\"]*\"",
                "\"commitment\":\"%s\",\"hash\":\"%s\""
                    .formatted(
                        java.util.HexFormat.of().formatHex(commitment),
                        java.util.HexFormat.of().formatHex(stamped)));
        lines.set(i, line);
        previous = stamped;
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void otherFiles_changedRemovedOrPutIn_areNamed() throws IOException {
    tamper(
        files -> {
          files.put("INC-1.md", "# another".getBytes(StandardCharsets.UTF_8));
          files.remove("public-key.pem");
          files.put("more.txt", new byte[] {1});
        });
    List<String> problems = problems();
    assertTrue(problems.contains("INC-1.md was changed after the export."), problems.toString());
    assertTrue(problems.contains("public-key.pem is missing."), problems.toString());
    assertTrue(problems.contains("more.txt was put in after the export."), problems.toString());
  }

  @Test
  void changedManifest_isFound() throws IOException {
    tamper(
        files -> {
          String text = new String(files.get("manifest.json"), StandardCharsets.UTF_8);
          String later = text.replace("2026-", "2027-");
          files.put("manifest.json", later.getBytes(StandardCharsets.UTF_8));
        });
    assertFirst("manifest.json is not signed by the key");
  }

  /** About half of all numbers are no point of the curve, and so no key. */
  @Test
  void keyThatIsNone_isFound() throws IOException {
    byte[] good = Files.readAllBytes(bundle);
    for (int number = 2; number < 18; number++) {
      String key = "302a300506032b6570032100" + HexFormat.of().toHexDigits((byte) number);
      byte[] encoded = HexFormat.of().parseHex(key + "00".repeat(31));
      Files.write(bundle, good);
      tamper(
          files -> {
            String text = new String(files.get("manifest.json"), StandardCharsets.UTF_8);
            String other =
                text.replaceFirst(
                    "(\"publicKey\" : \")[^\"]*",
                    "$1" + Base64.getEncoder().encodeToString(encoded));
            files.put("manifest.json", other.getBytes(StandardCharsets.UTF_8));
          });
      assertFirst("manifest.json is not signed by the key");
    }
  }

  @Test
  void flippedByte_anywhere_isNoticed() throws IOException {
    byte[] good = Files.readAllBytes(bundle);
    for (int at = 0; at < good.length; at += 37) {
      byte[] bad = good.clone();
      bad[at] ^= 0x20;
      Files.write(bundle, bad);
      assertTrue(isNoticed(good), "byte " + at);
    }
  }

  /** A byte that only describes a file, such as its time, may differ when all contents fit. */
  private boolean isNoticed(byte[] good) throws IOException {
    try {
      return !problems().isEmpty() || sameContents(good);
    } catch (IOException e) {
      return true;
    }
  }

  private boolean sameContents(byte[] good) throws IOException {
    Path other = Files.write(folder.resolve("good.zip"), good);
    try (ZipFile bad = new ZipFile(bundle.toFile());
        ZipFile whole = new ZipFile(other.toFile())) {
      for (ZipEntry entry : Collections.list(whole.entries())) {
        if (!Arrays.equals(content(bad, entry.getName()), content(whole, entry.getName()))) {
          return false;
        }
      }
      return true;
    }
  }

  private static byte[] content(ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  @Test
  void cutOffFile_isSaid() throws IOException {
    byte[] good = Files.readAllBytes(bundle);
    Files.write(bundle, Arrays.copyOf(good, good.length * 2 / 3));

    String sentence = assertThrows(IOException.class, this::problems).getMessage();
    assertTrue(sentence.contains("damaged or cut off"), sentence);
  }

  @Test
  void manifestThatIsNone_isSaid() throws IOException {
    tamper(files -> files.put("manifest.json", new byte[] {'{', '"'}));

    String sentence = assertThrows(IOException.class, this::problems).getMessage();
    assertTrue(
        sentence.endsWith("damaged or cut off: a part of it cannot be read. Export it again."));
  }

  @Test
  void archive_thatWasNotSealed_leavesNothing() throws IOException {
    Path target = folder.resolve("half.zip");
    try (SqliteWorld world = new SqliteWorld(folder.resolve("other"))) {
      world.store();
      try (BundleWriter writer = BundleWriter.to("jdbc:sqlite:" + world.file(), target);
          OutputStream out = writer.file("INC-1.md")) {
        out.write(1);
      }
      assertThrows(IOException.class, () -> BundleWriter.to("jdbc:sqlite:" + world.file(), bundle));
    }
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.toString().contains("half")));
    }
  }

  @Test
  void archive_withoutAUsableKey_leavesNothing() throws IOException {
    Path key = folder.resolve("keyless.key");
    Files.writeString(key, "no key");
    Path target = folder.resolve("half.zip");
    String url = "jdbc:sqlite:" + folder.resolve("keyless.db");

    assertThrows(Exception.class, () -> BundleWriter.to(url, target));
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.toString().contains("half")));
    }
  }
}
