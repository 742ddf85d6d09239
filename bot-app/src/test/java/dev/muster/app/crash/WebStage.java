// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The built-in chat, monitoring, and the target of the runbook. */
final class WebStage implements Stage {

  private static final List<String> SEEN_BY_ALL = List.of("li", "u1", "u2", "u3");

  private final CrashTrial trial;
  private final DiskWindow disk;
  private final Set<String> raised = ConcurrentHashMap.newKeySet();
  private final Queue<Actions.Place> asked = new ConcurrentLinkedQueue<>();

  WebStage(Path folder, Path classesInFront) {
    trial = new CrashTrial(folder, "play", classesInFront);
    disk = new DiskWindow(folder, folder.resolve("disk"));
    trial.bot().environment(disk.failing());
    trial.bot().start();
    trial.actions().placeOf(trial.actions().declare("ada"));
    trial.sender().settle();
  }

  @Override
  public CrashBot bot() {
    return trial.bot();
  }

  private Actions.Place place(Turn turn) {
    List<Actions.Place> open = trial.actions().places();
    return open.get(turn.number() % open.size());
  }

  private static String user(Turn turn) {
    return SEEN_BY_ALL.get(turn.number() % SEEN_BY_ALL.size());
  }

  @Override
  public void act(Turn turn) {
    Actions actions = trial.actions();
    switch (turn.kind()) {
      case DECLARE -> actions.declare(user(turn));
      case ALERT -> actions.alert();
      case SAY -> actions.say(user(turn), place(turn));
      case DEED -> actions.does("ada", place(turn), Deed.numbered(turn.number()));
      case SEVERITY -> changeSeverity(place(turn));
      case ESCALATE -> actions.press(user(turn), place(turn), "escalate");
      case ROLL_BACK -> rollBack(place(turn));
      case APPROVE -> approve(user(turn));
      default -> throw new IllegalArgumentException("nobody does " + turn);
    }
  }

  private void rollBack(Actions.Place place) {
    trial.actions().rollBack("ada", place);
    asked.add(place);
  }

  /** What somebody asked for is shown sooner or later. */
  private void approve(String user) {
    Actions.Place place = asked.poll();
    if (place != null) {
      trial.actions().press(user, place, "approve");
    }
  }

  private void changeSeverity(Actions.Place place) {
    if (raised.add(place.incident())) {
      trial.actions().command("ada", place, "severity sev3");
    }
  }

  @Override
  public void arm(Turn turn) {
    switch (turn.kind()) {
      case CALL -> breakCalls(turn.of().split("/"), turn.number());
      case TARGET -> trial.receiver().arm(Receiver.Fault.valueOf(turn.of()));
      case DELIVERY -> trial.sender().repeatNext();
      case SLOW_DISK -> disk.set(DiskWindow.Order.SYNC_DELAY_MICROS, 1_000L * turn.number());
      default -> throw new IllegalArgumentException("nothing here can " + turn);
    }
  }

  private void breakCalls(String[] fault, int times) {
    for (int time = 0; time < times; time++) {
      trial.bot().order("BREAK " + fault[0] + " " + fault[1], "BREAKS");
    }
  }

  @Override
  public boolean rests() {
    return trial.sender().isIdle();
  }

  @Override
  public void back() {}

  @Override
  public int clockSteps() {
    return trial.sender().clockSteps();
  }

  /** Its senders have no clock that it would look at. */
  @Override
  public void clockIsWrong(boolean wrong) {}

  @Override
  public void heal() {
    trial.receiver().heal();
    disk.set(DiskWindow.Order.SYNC_DELAY_MICROS, 0);
    trial.bot().order("HEAL", "HEALS");
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
