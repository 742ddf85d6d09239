// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Plays a schedule on a stage, turn by turn, ends its faults, and looks at everything. Acts run on
 * threads of their own, a few at once where the stage says so.
 */
final class Play {

  private final FaultSchedule schedule;
  private final Stage stage;
  private final List<CompletableFuture<Void>> acting = new ArrayList<>();
  private boolean armed;
  private int awayFor;

  Play(FaultSchedule schedule, Stage stage) {
    this.schedule = schedule;
    this.stage = stage;
  }

  /** Returns every broken promise as a sentence; none when all is well. */
  List<String> problems() {
    for (Turn turn : schedule.turns()) {
      take(turn);
      if (awayFor > 0 && --awayFor == 0) {
        stage.back();
      }
    }
    rest();
    stage.heal();
    return stage.problems();
  }

  private void take(Turn turn) {
    if (turn.kind().isAct()) {
      until("an act has ended before " + turn, () -> acting() < schedule.on().atOnce());
      acting.add(CrashTrial.meanwhile(() -> stage.act(turn)));
      return;
    }
    switch (turn.kind()) {
      case REST -> rest();
      case KILL -> {
        dies();
        stage.bot().arm("#" + turn.number());
        armed = true;
      }
      case RESTART -> {
        dies();
        stage.bot().restart();
      }
      case AWAY -> {
        awayFor = turn.number() + 1;
        stage.arm(turn);
      }
      default -> stage.arm(turn);
    }
  }

  private int acting() {
    acting.stream().filter(CompletableFuture::isDone).forEach(CrashTrial::finish);
    acting.removeIf(CompletableFuture::isDone);
    return acting.size();
  }

  /** Waits until nothing is under way; whoever was to die meanwhile dies at the latest now. */
  private void rest() {
    awayFor = 0;
    stage.back();
    until("all acts have ended", () -> acting() == 0);
    until("nothing is pending", this::restsSoon);
    dies();
  }

  /** What waits for its time is not waited for. */
  private boolean restsSoon() {
    boolean rests = stage.rests();
    if (!rests) {
      stage.bot().hurry();
    }
    return rests;
  }

  /** Who did not come by its point dies where it is. */
  private void dies() {
    if (armed) {
      armed = false;
      stage.bot().kill();
      stage.bot().start();
    }
  }

  private void until(String what, BooleanSupplier holds) {
    Sender.await(
        what,
        CrashBot.DOWN_SECONDS,
        () -> {
          if (stage.bot().stands()) {
            dies();
          }
          return Sender.when(holds.getAsBoolean());
        });
  }
}
