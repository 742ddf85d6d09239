// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bill of materials is what the packaged program holds, and the page of the check as well. */
@Tag("proof")
class BillOfMaterialsTest {

  private static final Path REPOSITORY = Path.of(System.getProperty("shipped.repository", ""));

  @Test
  void program_heldAgainstItsBill_isExactlyThat() throws IOException {
    Map<Part, Path> jars = new LinkedHashMap<>();
    for (Part part : Place.parts()) {
      jars.put(part, part.jar(Place.ROOT, REPOSITORY));
    }

    List<String> wrong =
        Contents.differences(
            Place.program(), Place.ROOT.resolve("bot-app/target/original-muster.jar"), jars);

    assertTrue(jars.size() > 50, "only " + jars.size() + " parts");
    assertEquals(List.of(), wrong);
  }

  @Test
  void bill_isBesideTheProgram_notInIt() throws IOException {
    Place.parts();

    assertEquals(
        List.of(),
        Bytes.entries(Place.program()).keySet().stream()
            .filter(name -> name.contains("cdx") || name.contains("sbom"))
            .toList());
  }

  @Test
  void check_lastOneCommitted_isOfWhatIsShipped() throws IOException {
    Map<String, String> shipped = new TreeMap<>();
    Place.parts().stream()
        .filter(part -> !part.isOurs())
        .forEach(part -> shipped.put(part.artifact(), part.version()));
    String page = Files.readString(Place.ROOT.resolve("docs/dependency-check.md"));

    assertEquals(shipped, CheckPage.listed(page), "run tools/dependency-check again");
  }

  @Test
  void advisory_thatConcernsWhatIsShipped_hasAnAnswer() throws IOException {
    List<Advisory> known = Advisory.read(Advisory.in(Place.ROOT));

    assertEquals(List.of(), new CheckPage(Place.parts(), known, List.of()).open());
    assertTrue(known.size() >= 60, "only " + known.size() + " are known");
  }
}
