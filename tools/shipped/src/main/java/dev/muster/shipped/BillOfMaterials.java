// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The CycloneDX document that the build puts beside the jar. */
final class BillOfMaterials {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BillOfMaterials() {}

  /** Returns where the build puts it. */
  static Path in(Path root) {
    return root.resolve("bot-app/target/muster.cdx.json");
  }

  /** Reads what it lists. */
  static List<Part> read(Path file) throws IOException {
    JsonNode bom = JSON.readTree(file.toFile());
    if (!bom.path("bomFormat").asText().equals("CycloneDX")) {
      throw new IOException(file + " is no CycloneDX document");
    }
    List<Part> parts = new ArrayList<>();
    for (JsonNode component : bom.path("components")) {
      parts.add(
          new Part(
              component.path("group").asText(),
              component.path("name").asText(),
              component.path("version").asText(),
              sha256(component)));
    }
    return parts;
  }

  private static String sha256(JsonNode component) {
    for (JsonNode hash : component.path("hashes")) {
      if (hash.path("alg").asText().equals("SHA-256")) {
        return hash.path("content").asText();
      }
    }
    return "";
  }
}
