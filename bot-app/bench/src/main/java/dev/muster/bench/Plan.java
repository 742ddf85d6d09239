// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.Program;
import dev.muster.bench.fill.FilledStores;
import dev.muster.bench.load.Load;
import dev.muster.bench.load.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to measure.
 *
 * @param jar the packaged program
 * @param work an empty folder on the disk that is to be measured
 * @param round how long each side is loaded in one round
 * @param rounds how many rounds; sides take turns
 * @param warming how many requests each side gets before that, within a minute at the most
 * @param only the names of the benchmarks to run; empty for all
 * @param write the document to write the table into, if any
 */
record Plan(
    Path jar,
    Path work,
    Duration round,
    int rounds,
    int warming,
    List<String> only,
    Optional<Path> write) {

  /** Reads {@code name=value} arguments; unknown ones are refused. */
  static Plan of(String... arguments) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      given.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    Plan plan =
        new Plan(
            Path.of(taken(given, "jar", "target/muster.jar")).toAbsolutePath(),
            Path.of(taken(given, "work", "bench/target/work")).toAbsolutePath(),
            Duration.ofSeconds(Long.parseLong(taken(given, "seconds", "5"))),
            Integer.parseInt(taken(given, "rounds", "5")),
            Integer.parseInt(taken(given, "warming", "30000")),
            words(taken(given, "only", "")),
            Optional.of(taken(given, "write", "")).filter(f -> !f.isBlank()).map(Path::of));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          given.keySet() + ": known are jar= work= seconds= rounds= warming= only= write=");
    }
    return plan;
  }

  /** Returns the start script beside the program, with its archive; made once for all. */
  Path script() throws IOException, InterruptedException {
    Path folder = work.resolve("script");
    if (Files.exists(folder.resolve("muster.jsa"))) {
      return folder.resolve("muster");
    }
    return Program.prepared(jar, Path.of("../tools/muster"), Files.createDirectories(folder));
  }

  /** The same for the program as its start script starts it. */
  Plan byScript() throws IOException, InterruptedException {
    return new Plan(script(), work, round, rounds, warming, only, write);
  }

  /** Returns stores of a wanted size; they are kept beside the working folder. */
  FilledStores stores(String platform) {
    return new FilledStores(work.resolveSibling("stores"), platform);
  }

  /** Lets a server come up to speed. */
  Taken warm(Load load) {
    return load.warm(warming, Duration.ofMinutes(1));
  }

  private static String taken(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(name);
    return value == null || value.isBlank() ? otherwise : value;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>(List.of(text.split("[, ]+")));
    words.removeIf(String::isBlank);
    return List.copyOf(words);
  }
}
