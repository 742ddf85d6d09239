// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Plays a schedule on a stage, turn by turn, ends its faults, and looks at everything. Acts run on
 * threads of their own, a few at once where the stage says so.
 */
final class Play {

  /** So long a process stands still that was stopped; by its clock it is minutes. */
  private static final int FROZEN_MILLIS = 300;

  private final FaultSchedule schedule;
  private final Stage stage;
  private final List<CompletableFuture<Void>> acting = new ArrayList<>();
  private boolean armed;
  private boolean frozen;
  private int awayFor;
  private int wrongFor;

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
      if (wrongFor > 0 && --wrongFor == 0) {
        setClock(Duration.ZERO);
      }
    }
    rest();
    stage.heal();
    return stage.problems();
  }

  private void take(Turn turn) {
    if (turn.kind().isAct()) {
      act(turn);
    } else {
      thaw();
      goWrong(turn);
    }
  }

  private void act(Turn turn) {
    if (acting() == schedule.on().atOnce()) {
      thaw();
    }
    until("an act has ended before " + turn, () -> acting() < schedule.on().atOnce());
    CompletableFuture<Void> act = CrashTrial.meanwhile(() -> stage.act(turn));
    acting.add(act);
    if (frozen) {
      RandomKills.waitAtMost(act, FROZEN_MILLIS);
      thaw();
    }
  }

  private void thaw() {
    if (frozen) {
      frozen = false;
      stage.bot().thaw();
    }
  }

  private void goWrong(Turn turn) {
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
      case CLOCK -> {
        setClock(turn.hours());
        wrongFor = turn.number() + 1;
      }
      case FREEZE -> {
        dies();
        stage.bot().freeze();
        stage.bot().letPass(Duration.ofMinutes(turn.number()));
        frozen = true;
      }
      default -> stage.arm(turn);
    }
  }

  /** Waits until the bot has noticed: what it does not live to notice it cannot know. */
  private void setClock(Duration wrong) {
    if (stage.bot().wrong().equals(wrong)) {
      return;
    }
    thaw();
    dies();
    if (wrong.isZero()) {
      wrongFor = 0;
      until("all acts have ended", () -> acting() == 0);
      dies();
    } else {
      stage.clockIsWrong(true);
    }
    int before = stage.clockSteps();
    stage.bot().setClock(wrong);
    until("the clock is followed", () -> stage.clockSteps() > before);
    if (wrong.isZero()) {
      stage.clockIsWrong(false);
    }
  }

  private int acting() {
    acting.stream().filter(CompletableFuture::isDone).forEach(CrashTrial::finish);
    acting.removeIf(CompletableFuture::isDone);
    return acting.size();
  }

  /** Waits until nothing is under way; whoever was to die meanwhile dies at the latest now. */
  private void rest() {
    thaw();
    awayFor = 0;
    stage.back();
    setClock(Duration.ZERO);
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
