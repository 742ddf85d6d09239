// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Compares what the bot wrote with what is kept under {@code src/test/resources/golden}. To take
 * over what it writes now, run the test with {@code -Dmuster.golden=write} and read the difference.
 */
final class Golden {

  private static final Path FOLDER =
      Path.of(
          System.getProperty("muster.root", ".."), "bot-app", "src", "test", "resources", "golden");

  /** Kinds whose place among the others depends on which of several orders is done first. */
  private static final Set<String> WITHOUT_ORDER = Set.of("bot_posted");

  private Golden() {}

  /** Fails when {@code actual} is not what is kept under {@code name}. */
  static void compare(String name, String actual) throws IOException {
    Path file = FOLDER.resolve(name);
    if ("write".equals(System.getProperty("muster.golden"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, actual);
    }
    String kept = Files.readString(file);
    assertEquals(kept, actual, () -> name + firstDifference(kept, actual));
  }

  private static String firstDifference(String kept, String actual) {
    List<String> before = kept.lines().toList();
    List<String> now = actual.lines().toList();
    int same = 0;
    while (same < Math.min(before.size(), now.size()) && before.get(same).equals(now.get(same))) {
      same++;
    }
    return " differs from line " + (same + 1) + " on: " + now.stream().skip(same).limit(3).toList();
  }

  /** Returns one line per entry: when, what, who, why; without numbers, hashes and identifiers. */
  static String timeline(List<JsonNode> entries) {
    StringBuilder all = new StringBuilder();
    for (JsonNode entry : entries) {
      String kind = entry.path("kind").asText();
      if (!WITHOUT_ORDER.contains(kind)) {
        all.append(entry.path("occurredAt").asText()).append("  ").append(kind);
        all.append("  ").append(entry.path("actor").path("type").asText());
        all.append(' ').append(entry.path("actor").path("name").asText());
        all.append("  ").append(entry.path("text").asText().replace("\n", "\\n"));
        String reason = entry.path("reason").asText("");
        all.append(reason.isEmpty() || reason.equals("null") ? "" : "  (" + reason + ")");
        all.append('\n');
      }
    }
    return text(all.toString());
  }

  /** Returns {@code text} without what differs from run to run. */
  static String text(String text) {
    return text.replaceAll("\\[#[0-9]+(, ?#[0-9]+)*]", "[#n]")
        .replaceAll("http://(127\\.0\\.0\\.1|localhost):[0-9]{2,5}", "http://HOST")
        .replaceAll("\\b[0-9a-f]{16,64}\\b", "HASH");
  }
}
