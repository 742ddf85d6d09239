// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills the bot while it takes over a configuration, and while it stops in order. */
final class ReloadAndStopKilledTest extends OneBotManyDeaths {

  private static final int STOPS = 10;
  private static final int LONGEST_WORK_MILLIS = 150;
  private static final int LONGEST_STOP_MILLIS = 250;

  static Stream<String> stepsOfAReload() {
    return around("commit .*config_reloaded");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfAReload")
  void reload_killedAroundItsCommit_startsAgainAndLosesNothing(String point) {
    trial().killAt(point, () -> workAnd("RELOAD"));
    trial().check();
  }

  static Stream<String> stepsOfAStop() {
    return around("commit .*chain_checkpoint");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfAStop")
  void stop_killedAroundItsLastCommit_startsAgainAndLosesNothing(String point) {
    trial().actions().declare("ada");
    trial().sender().settle();
    trial().killAt(point, () -> trial().bot().tell("STOP"));
    trial().check();
  }

  private void workAnd(String order) {
    trial().bot().tell(order);
    trial().actions().declare("ada");
  }

  @Tag("proof")
  @Test
  void stop_killedAtRandomUnderLoad_losesAndDoublesNothing() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    Actions actions = trial().actions();
    Actions.Place place = actions.placeOf(actions.declare("ada"));
    for (int stop = 0; stop < STOPS; stop++) {
      List<CompletableFuture<Void>> workers = new ArrayList<>();
      for (int worker = 0; worker < 3; worker++) {
        workers.add(CrashTrial.meanwhile(() -> actions.say("ada", place)));
        workers.add(CrashTrial.meanwhile(() -> actions.declare("li")));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(workers.toArray(CompletableFuture<?>[]::new));
      RandomKills.waitAtMost(all, random.nextInt(LONGEST_WORK_MILLIS));
      trial().bot().tell("STOP");
      RandomKills.waitAtMost(new CompletableFuture<>(), random.nextInt(LONGEST_STOP_MILLIS));
      trial().bot().kill();
      trial().bot().start();
      CrashTrial.finish(all);
    }
    assertEquals(List.of(), trial().problems(), "seed " + seed);
  }
}
