// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Identifiers rise, whatever the clock does, and are drawn by lot. */
class UlidsTest {

  private final ManualClock clock = ManualClock.atNoon();

  @Test
  void identifiers_ofOneMillisecondAndOfMore_riseInTheOrderTheyWereMade() {
    Ulids ids = new Ulids(clock, new Random(1));
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      made.add(ids.get());
      clock.advance(Duration.ofMillis(i % 3 == 0 ? 1 : 0));
    }

    assertEquals(made, List.copyOf(new TreeSet<>(made)));
    assertTrue(made.stream().allMatch(id -> id.matches("[0-9a-hjkmnp-tv-z]{26}")), made.get(0));
  }

  @Test
  void identifiers_ofOtherDice_areOthersInEveryDigitSomeTime() {
    Ulids ids = new Ulids(clock, new Random(2));
    String first = ids.get();
    String tail = first.substring(10);
    for (int i = 0; i < 16; i++) {
      char same = tail.charAt(i);
      int place = 10 + i;
      boolean other = false;
      for (int tries = 0; tries < 50 && !other; tries++) {
        clock.advance(Duration.ofMillis(1));
        other = ids.get().charAt(place) != same;
      }
      assertTrue(other, "digit " + place + " is always " + same);
    }
    assertNotEquals(first, new Ulids(ManualClock.atNoon(), new Random(3)).get());
  }
}
