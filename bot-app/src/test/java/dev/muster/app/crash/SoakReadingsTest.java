// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What grows while the load stays is found, and what only warms up is not. */
final class SoakReadingsTest {

  private static List<String> grown(IntFunction<SoakReading> at) {
    return new SoakReadings(IntStream.range(0, SoakReadings.WANTED).mapToObj(at).toList()).grown();
  }

  private static SoakReading reading(int at, long heap, long handles, long threads) {
    return new SoakReading(
        100L * at, heap, handles, threads, 50_000L * at, 4_000_000, 1_000 + 3_000L * at);
  }

  @Test
  void steady_withSomeNoise_hasNotGrown() {
    assertEquals(List.of(), grown(at -> reading(at, 30_000 + 900 * (at % 3), 60, 40)));
  }

  @Test
  void heap_inWhichMuchIsUnderWayTwice_hasNotGrown() {
    assertEquals(List.of(), grown(at -> reading(at, at > 8 && at < 11 ? 35_000 : 30_000, 60, 40)));
  }

  @Test
  void warmingUp_isNoGrowth() {
    assertEquals(List.of(), grown(at -> reading(at, at < 3 ? 10_000 : 30_000, 60, 40)));
  }

  @Test
  void heap_thatKeepsALittleOfEachInput_isFound() {
    List<String> grown = grown(at -> reading(at, 30_000 + 700L * at, 60, 40));
    assertTrue(grown.get(0).startsWith("heap after a collection"), grown::toString);
    assertEquals(1, grown.size());
  }

  @Test
  void handlesAndThreads_thatAreNotGivenBack_areFound() {
    List<String> grown = grown(at -> reading(at, 30_000, 60 + 2 * at, 40 + 2 * at));
    assertTrue(grown.get(0).startsWith("open files"), grown::toString);
    assertTrue(grown.get(1).startsWith("threads"), grown::toString);
  }

  @Test
  void filesThatGrowFasterThanTheInputs_areFound() {
    List<String> grown =
        grown(
            at ->
                new SoakReading(
                    100L * at,
                    30_000,
                    60,
                    40,
                    1_000L * at * at,
                    at < 6 ? 4_000_000 : 9_000_000,
                    2_000L * at * at));
    assertTrue(grown.get(0).startsWith("the file of waiting writes"), grown::toString);
    assertTrue(grown.get(1).startsWith("bytes of the store"), grown::toString);
    assertTrue(grown.get(2).startsWith("bytes of logs"), grown::toString);
  }
}
