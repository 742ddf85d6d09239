// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A chat that is another process's, with people and a wire. */
final class ChatStage implements Stage {

  private final OpeningTrial trial;
  private final Wire wire;
  private final DiskWindow disk;

  /**
   * What can go wrong between the bot and its chat.
   *
   * @param call arms one call, given its name and the fault
   * @param away says whether the chat takes nothing
   * @param postman brings what people do
   */
  record Wire(CallArmer call, Consumer<Boolean> away, Postman<?, ?> postman) {}

  /** Lets the next call of a method go wrong. */
  interface CallArmer {
    /** Arms it. */
    void arm(String call, String fault);
  }

  private ChatStage(OpeningTrial trial, Wire wire, DiskWindow disk) {
    this.trial = trial;
    this.wire = wire;
    this.disk = disk;
    trial.bot().environment(disk.failing());
    trial.begin();
    trial.declare();
    trial.awaitRoom();
  }

  static ChatStage onSlack(Path folder) {
    SlackTrial trial = new SlackTrial(folder);
    return new ChatStage(trial, trial.wire(), disk(folder));
  }

  static ChatStage onTeams(Path folder) {
    TeamsTrial trial = new TeamsTrial(folder, true);
    return new ChatStage(trial, trial.wire(), disk(folder));
  }

  private static DiskWindow disk(Path folder) {
    return new DiskWindow(folder, folder.resolve("disk"));
  }

  @Override
  public CrashBot bot() {
    return trial.bot();
  }

  @Override
  public void act(Turn turn) {
    switch (turn.kind()) {
      case DECLARE -> trial.declare();
      case SAY -> trial.say(turn.number());
      case DEED -> trial.does(turn.number());
      case SEVERITY -> trial.changeOnce(turn.number());
      case ALERT -> trial.alert();
      case ESCALATE -> trial.presses("Escalate", turn.number());
      case ROLL_BACK -> trial.rollBack(turn.number());
      case APPROVE -> trial.presses("Approve", turn.number());
      default -> throw new IllegalArgumentException("nobody does " + turn);
    }
  }

  @Override
  public void arm(Turn turn) {
    switch (turn.kind()) {
      case CALL -> breakCalls(turn.of().split("/"), turn.number());
      case DELIVERY -> wire.postman().arm(turn);
      case AWAY -> wire.away().accept(true);
      case TARGET -> trial.receiver().arm(Receiver.Fault.valueOf(turn.of()));
      case SLOW_DISK -> disk.set(DiskWindow.Order.SYNC_DELAY_MICROS, 1_000L * turn.number());
      default -> throw new IllegalArgumentException("nothing here can " + turn);
    }
  }

  private void breakCalls(String[] fault, int times) {
    for (int time = 0; time < times; time++) {
      wire.call().arm(fault[0], fault[1]);
    }
  }

  @Override
  public boolean rests() {
    return trial.rests();
  }

  @Override
  public void back() {
    wire.away().accept(false);
  }

  @Override
  public int clockSteps() {
    return trial.clockSteps();
  }

  @Override
  public void clockIsWrong(boolean wrong) {
    wire.postman().keepRefused(wrong);
    if (!wrong) {
      bringAll();
    }
  }

  private void bringAll() {
    Sender.await(
        "all is delivered",
        CrashBot.PATIENCE_SECONDS,
        () -> Sender.when(wire.postman().bringAll()));
  }

  /** What is armed for a call that does not come hurts nobody. */
  @Override
  public void heal() {
    back();
    trial.receiver().heal();
    disk.set(DiskWindow.Order.SYNC_DELAY_MICROS, 0);
    bringAll();
  }

  @Override
  public List<String> problems() {
    return trial.problems();
  }

  @Override
  public void close() {
    trial.close();
  }
}
