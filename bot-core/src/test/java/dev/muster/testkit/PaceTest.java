// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@link Rehearsal} says the same things in the same order however the threads of the engine
 * fall behind each other; pages are compared with what it says, letter by letter.
 */
@Tag("proof")
class PaceTest {

  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(2);

  @TempDir private Path folder;

  @Test
  void rehearsal_whenThreadsFallBehindEachOther_saysTheSame() throws IOException {
    List<String> plain = shown(Rehearsal.paced("memory", folder("plain"), () -> {}));

    for (int seed = 1; seed <= 2; seed++) {
      Random random = new Random(seed);
      List<String> late =
          shown(Rehearsal.paced("memory", folder("late-" + seed), () -> fallBehind(random)));

      for (int i = 0; i < Math.min(plain.size(), late.size()); i++) {
        assertEquals(plain.get(i), late.get(i), "showing " + i + " with seed " + seed);
      }
      assertEquals(plain.size(), late.size(), "showings with seed " + seed);
    }
  }

  /** One step in four takes a while. */
  private static void fallBehind(Random random) {
    if (random.nextInt(4) == 0) {
      LockSupport.parkNanos((long) (random.nextDouble() * LONGEST));
    }
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  private static List<String> shown(List<Said> said) {
    return said.stream().map(Said::toString).toList();
  }
}
