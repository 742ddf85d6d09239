// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bot that lives through every death of a class, so what an earlier one broke shows up later
 * too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneBotManyDeaths {

  private CrashTrial trial;

  @BeforeAll
  final void begin(@TempDir Path folder) {
    trial = new CrashTrial(folder, "point", null);
    trial.bot().start();
  }

  @BeforeEach
  final void startWhatAnEarlierFailureLeftDead() {
    trial.receiver().answerAgain();
    if (!trial.bot().isAlive()) {
      trial.bot().start();
    }
  }

  @AfterAll
  final void end() {
    trial.close();
  }

  final CrashTrial trial() {
    return trial;
  }

  /** The moments right before and right after each of the steps. */
  static Stream<String> around(String... steps) {
    return Stream.of(steps).flatMap(step -> Stream.of("before " + step, "after " + step));
  }
}
