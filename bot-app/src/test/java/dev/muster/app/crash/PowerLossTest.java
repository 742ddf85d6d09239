// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.sabotage.Mutant;
import dev.muster.app.sabotage.Sabotage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails at many instants of whole incidents; nothing that was acknowledged is lost, and
 * the store opens. The seed is printed; {@code -Dmuster.seed=N} repeats it over a new scene.
 */
@Tag("proof")
final class PowerLossTest {

  private static final int IMAGES = Integer.getInteger("muster.images", 200);
  private static final int IMAGES_UNTIL_CAUGHT = 100;

  @TempDir private Path folder;

  @Test
  void store_powerFailsAnywhere_keepsWhatWasAcknowledged() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    PowerLoss power = new PowerLoss(PowerLossScene.play(folder, null));
    assertTrue(power.promises() > 60, "only " + power.promises() + " promises were seen");
    List<String> problems = power.fail(IMAGES, new Random(seed), folder.resolve("image"));
    System.out.printf(
        "seed %d: %d images of %d lines with %d promises, %d bad%n",
        seed, IMAGES, power.lines(), power.promises(), problems.size());
    assertEquals(List.of(), problems, "seed " + seed);
  }

  @Test
  void trial_commitsThatAreNotSynced_areCaught() throws IOException {
    for (String mode : List.of("NORMAL", "OFF")) {
      Path place = folder.resolve(mode);
      Path classes = Mutant.into(place.resolve("mutant"), List.of(Sabotage.synchronous(mode)));
      PowerLoss power = new PowerLoss(PowerLossScene.play(place, classes));
      Random random = new Random(20261122);
      int image = 0;
      boolean lost = false;
      while (!lost && image++ < IMAGES_UNTIL_CAUGHT) {
        lost =
            power.fail(random, place.resolve("image")).problems().stream()
                .anyMatch(problem -> problem.startsWith("lost"));
      }
      assertTrue(lost, "synchronous=" + mode + " was not caught");
      System.out.println("synchronous=" + mode + " was caught by image " + image);
    }
  }
}
