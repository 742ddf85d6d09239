// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be noticed when a program is held against its bill of materials. */
@Tag("proof")
class ContentsTest {

  private static final Map<String, String> OWN = Map.of("our/Main.class", "main");
  private static final Map<String, String> LIBRARY = Map.of("lib/A.class", "a", "lib/B.class", "b");

  @TempDir Path folder;

  private Path jar(String name, List<Map<String, String>> entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map<String, String> some : entries) {
        for (Map.Entry<String, String> entry : some.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return file;
  }

  private List<String> differences(List<Map<String, String>> program, boolean listed)
      throws IOException {
    Path library = jar("lib.jar", List.of(LIBRARY));
    Map<Part, Path> parts = new LinkedHashMap<>();
    if (listed) {
      parts.put(new Part("org.lib", "lib", "1", Bytes.sha256(library)), library);
    }
    return Contents.differences(jar("all.jar", program), jar("own.jar", List.of(OWN)), parts);
  }

  @Test
  void program_ofItselfAndWhatIsListed_fits() throws IOException {
    Map<String, String> anew = Map.of("META-INF/MANIFEST.MF", "x", "META-INF/services/s", "y");

    assertEquals(List.of(), differences(List.of(OWN, LIBRARY, anew), true));
  }

  @Test
  void library_inTheProgramAndNotListed_isFound() throws IOException {
    assertEquals(
        List.of(
            "lib/A.class comes from nothing on the list",
            "lib/B.class comes from nothing on the list"),
        differences(List.of(OWN, LIBRARY), false));
  }

  @Test
  void library_listedAndNotInTheProgram_isFound() throws IOException {
    assertEquals(
        List.of("org.lib:lib is listed, and 2 of its classes are missing"),
        differences(List.of(OWN), true));
  }

  @Test
  void class_changedOnTheWay_isFound() throws IOException {
    Map<String, String> changed = Map.of("lib/A.class", "poison", "lib/B.class", "b");

    assertEquals(
        List.of("lib/A.class comes from nothing on the list"),
        differences(List.of(OWN, changed), true));
  }

  @Test
  void jar_notTheOneOfTheDigest_isFound() throws IOException {
    Path library = jar("lib.jar", List.of(LIBRARY));
    Part other = new Part("org.lib", "lib", "1", "00");

    assertEquals(
        List.of("org.lib:lib is not the jar of which the list has the digest"),
        Contents.differences(
            jar("all.jar", List.of(OWN, LIBRARY)),
            jar("own.jar", List.of(OWN)),
            Map.of(other, library)));
  }
}
