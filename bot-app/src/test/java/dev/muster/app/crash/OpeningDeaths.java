// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One bot on a chat, which lives through every death of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OpeningDeaths {

  private OpeningTrial trial;

  /** Makes a bot and its chat. */
  abstract OpeningTrial trial(Path folder);

  @BeforeAll
  final void begin(@TempDir Path folder) {
    trial = trial(folder);
    trial.begin();
  }

  @BeforeEach
  final void startWhatAnEarlierFailureLeftDead() {
    trial.startAgainIfDead();
  }

  @AfterAll
  final void end() {
    trial.close();
  }

  final OpeningTrial trial() {
    return trial;
  }

  /** Fails when anything was lost, doubled or left lying. */
  final void check() {
    assertEquals(List.of(), trial.problems());
  }
}
