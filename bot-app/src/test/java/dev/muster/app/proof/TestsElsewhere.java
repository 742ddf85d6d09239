// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tests of other modules, tagged {@code proof}, run where they stand by a Maven of their own. How
 * much they tried is what they print; a run that does not print it has failed.
 *
 * @param modules where they stand, with commas between them
 * @param tests which, as Surefire takes them
 * @param tells the line that says how much was tried, as its first group; the others, or else that
 *     one, say how many faults were put in
 */
record TestsElsewhere(String modules, String tests, Pattern tells) {

  private static final int MOST_SAID = 2_000;

  /** Files in memory, where the machine has such a folder. */
  private static final Path MEMORY = Path.of("/dev/shm");

  /**
   * Runs them.
   *
   * @param folder where everything they print is kept
   * @param flags beside those every run has, as {@code -Dmuster.seed=1}
   * @param lines how many lines must say what was tried
   */
  Batch run(Path folder, List<String> flags, int lines) {
    Path output = folder.resolve("tests.log");
    int code = Maven.run(arguments(flags), output);
    String said = read(output);
    List<MatchResult> told = tells.matcher(said).results().toList();
    List<String> defects = new ArrayList<>();
    if (code != 0) {
      defects.add(tests + " ended with " + code + ": " + failures(said));
    } else if (told.size() != lines) {
      defects.add(tests + " told " + told.size() + " times, not " + lines + ", what was tried");
    }
    int tried = told.stream().mapToInt(line -> number(line, 1)).sum();
    return new Batch(tried, told.stream().mapToInt(TestsElsewhere::injected).sum(), defects);
  }

  /**
   * Returns flags that keep the files of a test in memory, where syncing them takes no time: for
   * tests in which a clock goes round and nobody asks what the disk holds.
   */
  static List<String> inMemory() {
    return Files.isWritable(MEMORY)
        ? List.of("-Dmuster.test.jvm=-Djava.io.tmpdir=" + MEMORY)
        : List.of();
  }

  private static int number(MatchResult line, int group) {
    return Integer.parseInt(line.group(group));
  }

  private static int injected(MatchResult line) {
    return IntStream.rangeClosed(Math.min(2, line.groupCount()), line.groupCount())
        .map(group -> number(line, group))
        .sum();
  }

  private List<String> arguments(List<String> flags) {
    List<String> arguments = new ArrayList<>(List.of("test", "-Pproof", "-pl", modules, "-am"));
    arguments.addAll(List.of("-Dtest=" + tests, "-Dmuster.groups=proof", "-Dmuster.forks=1"));
    arguments.add("-Dsurefire.failIfNoSpecifiedTests=false");
    arguments.add("-Dmaven.test.redirectTestOutputToFile=false");
    arguments.addAll(flags);
    return arguments;
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How Surefire sums up is enough to know what to run again; without it, all that is wrong. */
  private static String failures(String said) {
    String summed = marked(said, "[ERROR]   ");
    String failures = summed.isEmpty() ? marked(said, "[ERROR]") : summed;
    return failures.substring(0, Math.min(MOST_SAID, failures.length()));
  }

  private static String marked(String said, String mark) {
    return said.lines()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()).strip())
        .collect(Collectors.joining("; "));
  }
}
