// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where this build lies, and what it has made. */
final class Place {

  static final Path ROOT =
      Path.of(System.getProperty("muster.root", "../..")).toAbsolutePath().normalize();

  private Place() {}

  static Path program() {
    return ROOT.resolve("bot-app/target/muster.jar");
  }

  static boolean isOffline() {
    return System.getProperty("shipped.offline", "").endsWith("true");
  }

  /** Skips the test where Maven is offline, for then the build makes no bill of materials. */
  static List<Part> parts() throws IOException {
    assumeFalse(isOffline(), "Maven is offline and makes no bill of materials");
    Path bill = BillOfMaterials.in(ROOT);
    assertTrue(Files.isRegularFile(bill), "the build made no " + bill);
    return BillOfMaterials.read(bill);
  }
}
