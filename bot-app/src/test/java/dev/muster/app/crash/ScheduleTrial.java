// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays a schedule of random faults; when it breaks something, drops what it breaks without. A
 * schedule does the same again, but the bot may come by its points in another order.
 */
final class ScheduleTrial {

  private static final int LONGEST = 300;

  private final Path folder;
  private final Path classesInFront;
  private int plays;

  /**
   * @param folder where each play gets one of its own
   * @param classesInFront a folder that stands first on the class path; null for none
   */
  ScheduleTrial(Path folder, Path classesInFront) {
    this.folder = folder;
    this.classesInFront = classesInFront;
  }

  /** Plays it once, and returns what it broke. */
  List<String> problems(FaultSchedule schedule) {
    Path own = folder.resolve("play-" + ++plays);
    try {
      Files.createDirectories(own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Stage stage = schedule.on().open(own, classesInFront)) {
      return new Play(schedule, stage).problems();
    } catch (AssertionError | RuntimeException e) {
      return List.of(e + (e.getCause() == null ? "" : " because of " + e.getCause()));
    }
  }

  /** Returns the least of a schedule that still breaks something. */
  FaultSchedule least(FaultSchedule schedule, int mostTries) {
    return schedule.with(
        Shrinker.least(
            schedule.turns(),
            turns -> {
              List<String> problems = problems(schedule.with(turns));
              System.out.println(
                  turns.size()
                      + " turns, "
                      + problems.size()
                      + " problems: "
                      + schedule.with(turns));
              return !problems.isEmpty();
            },
            mostTries));
  }

  /** Plays it; when it breaks something, says what, by which seed, and how little suffices. */
  List<String> wentWrong(FaultSchedule schedule, String seed, int mostTries) {
    System.out.println(seed + ": " + schedule);
    List<String> problems = problems(schedule).stream().map(ScheduleTrial::briefly).toList();
    if (problems.isEmpty()) {
      return List.of();
    }
    System.out.println(inShort(schedule, seed, problems));
    FaultSchedule least = least(schedule, mostTries);
    List<String> all = new ArrayList<>(problems);
    all.add(seed + "; run it again with -Dmuster.schedule=\"" + least + "\"");
    System.out.println(all.get(all.size() - 1));
    return all;
  }

  /**
   * Returns what broke in sentences; on which chat, by which seed and the first of them stand in
   * the first line, so that whoever sees no more of it knows what to play again.
   */
  static String inShort(FaultSchedule schedule, String seed, List<String> wrong) {
    return schedule.on() + ", " + seed + ": " + String.join("\n", wrong);
  }

  private static String briefly(String problem) {
    return problem.length() <= LONGEST ? problem : problem.substring(0, LONGEST) + "…";
  }
}
