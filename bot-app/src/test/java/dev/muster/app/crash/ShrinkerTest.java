// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {

  private static final int ENOUGH = 10_000;

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void least_ofAFailureThatNeedsTwo_isThoseTwo() {
    assertEquals(
        List.of(17, 83),
        Shrinker.least(numbers(100), list -> list.containsAll(List.of(17, 83)), ENOUGH));
  }

  @Test
  void least_ofAFailureThatNeedsTheirOrder_keepsIt() {
    assertEquals(
        List.of(3, 41),
        Shrinker.least(
            numbers(64), list -> list.contains(3) && list.indexOf(41) > list.indexOf(3), ENOUGH));
  }

  @Test
  void least_ofAFailureThatNeedsAll_isAll() {
    assertEquals(numbers(9), Shrinker.least(numbers(9), list -> list.size() == 9, ENOUGH));
  }

  @Test
  void least_ofRandomNeeds_isExactlyWhatIsNeeded() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Set<Integer> needed = new HashSet<>();
      random.ints(1 + random.nextInt(5), 0, 40).forEach(needed::add);
      List<Integer> least =
          Shrinker.least(numbers(40), list -> new HashSet<>(list).containsAll(needed), ENOUGH);
      assertEquals(needed.stream().sorted().toList(), least, "seed " + seed);
    }
  }

  @Test
  void least_withFewTries_isWhatWasSeenToFail() {
    AtomicInteger tries = new AtomicInteger();
    List<List<Integer>> failed = new ArrayList<>(List.of(numbers(100)));
    List<Integer> least =
        Shrinker.least(
            numbers(100),
            list -> {
              tries.incrementAndGet();
              boolean fails = list.contains(50);
              if (fails) {
                failed.add(list);
              }
              return fails;
            },
            5);
    assertEquals(5, tries.get());
    assertTrue(failed.contains(least), least::toString);
  }
}
