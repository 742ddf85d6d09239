// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A chat that is another process's, with people and a wire. */
final class ChatStage implements Stage {

  private final OpeningTrial trial;
  private final Wire wire;

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

  private ChatStage(OpeningTrial trial, Wire wire) {
    this.trial = trial;
    this.wire = wire;
    trial.declare();
    trial.awaitRoom();
  }

  static ChatStage onSlack(Path folder) {
    SlackTrial trial = new SlackTrial(folder);
    return new ChatStage(trial, trial.wire());
  }

  static ChatStage onTeams(Path folder) {
    TeamsTrial trial = new TeamsTrial(folder, true);
    return new ChatStage(trial, trial.wire());
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
      default -> throw new IllegalArgumentException("nobody does " + turn);
    }
  }

  @Override
  public void arm(Turn turn) {
    switch (turn.kind()) {
      case CALL -> breakCalls(turn.of().split("/"), turn.number());
      case DELIVERY -> wire.postman().arm(turn);
      case AWAY -> wire.away().accept(true);
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

  /** What is armed for a call that does not come hurts nobody. */
  @Override
  public void heal() {
    back();
    wire.postman().bringAll();
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
