// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** Writes the page of the dependency check anew; {@code tools/dependency-check} calls it. */
public final class DependencyCheck {

  private DependencyCheck() {}

  /**
   * Checks.
   *
   * @param arguments the root of the project, and the report about newer versions
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    List<Part> parts = BillOfMaterials.read(BillOfMaterials.in(root));
    CheckPage check =
        new CheckPage(
            parts,
            Advisory.read(Advisory.in(root)),
            Newer.read(Files.readString(Path.of(arguments[1]))));
    Path page = root.resolve("docs/dependency-check.md");
    String byHand = Files.readString(page).split(CheckPage.FROM_HERE, 2)[0];
    Files.writeString(page, byHand + check.write(LocalDate.now(Clock.systemUTC())));
    if (!check.open().isEmpty()) {
      throw new IllegalStateException("nobody has answered: " + check.open());
    }
  }
}
