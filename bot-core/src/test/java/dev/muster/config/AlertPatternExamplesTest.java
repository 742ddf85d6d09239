// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.AlertPattern.Reading;
import dev.muster.config.load.ConfigLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of alert patterns in the comments of the shipped configuration work as written. */
class AlertPatternExamplesTest {

  private static final Path SHIPPED = Path.of("..", "config", "bot.yaml");

  @TempDir private Path folder;

  /** Returns the commented lines between the heading of the examples and the end of the comment. */
  private static List<String> examples() throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(SHIPPED, StandardCharsets.UTF_8)) {
      boolean comment = line.startsWith("    #");
      if (inside && comment) {
        lines.add("      " + line.substring(5));
      }
      inside = comment && (inside || line.contains("Examples that work:"));
    }
    return lines;
  }

  private List<AlertPattern> patterns() throws IOException {
    String yaml =
        "platforms:\n  web:\n    alert-patterns:\n" + String.join("\n", examples()) + "\n";
    Path file = folder.resolve("bot.yaml");
    Files.writeString(file, yaml, StandardCharsets.UTF_8);
    return new ConfigLoader(name -> null, Map.of())
        .load(Optional.of(file))
        .match(
            loaded -> loaded.config().platforms().get("web").alertPatterns(),
            refused -> {
              throw new AssertionError(refused.problems().toString());
            });
  }

  @Test
  void example_readsTheMessageBesideIt() throws IOException {
    List<AlertPattern> patterns = patterns();
    List<String> messages =
        examples().stream()
            .filter(line -> line.strip().startsWith("- name:"))
            .map(line -> line.substring(line.indexOf('#') + 1).strip())
            .toList();

    assertEquals(3, patterns.size());
    assertEquals(patterns.size(), messages.size());
    for (int i = 0; i < messages.size(); i++) {
      assertTrue(patterns.get(i).read(messages.get(i)).isPresent(), messages.get(i));
    }
  }

  @Test
  void example_endsWithItsWord_underTheSameKey() throws IOException {
    List<AlertPattern> patterns = patterns();
    Reading down =
        patterns.get(0).read("DOWN shop.example.com (https://status.example.com/7)").orElseThrow();
    Reading up =
        patterns.get(0).read("UP shop.example.com (https://status.example.com/7)").orElseThrow();

    assertEquals("https://status.example.com/7", down.url());
    assertTrue(up.isResolved());
    assertEquals(down.key(), up.key());
    assertEquals(AlertPattern.Authors.PROGRAMS, patterns.get(0).from());
    Reading backup = patterns.get(1).read("Backup of orders succeeded").orElseThrow();
    assertTrue(backup.isResolved());
    assertEquals("orders", backup.key());
    Reading batch = patterns.get(2).read("12 jobs stuck on queue=mail critical").orElseThrow();
    assertEquals("12", batch.count());
    assertEquals("critical", batch.labels().get("severity"));
    assertEquals("alertmanager", patterns.get(2).sameAs());
  }
}
