// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plays schedules of random faults; one that breaks something is told with how little suffices. */
public abstract class SchedulesProof implements ProofKind {

  private static final int SCHEDULES = 4;
  private static final int MOST_TRIES = 16;

  private final Stage.Chat on;
  private final String chat;

  SchedulesProof(Stage.Chat on, String chat) {
    this.on = on;
    this.chat = chat;
  }

  /** On the built-in chat. */
  public static final class BuiltIn extends SchedulesProof {
    /** Made by the runner. */
    public BuiltIn() {
      super(Stage.Chat.BUILT_IN, "the built-in chat");
    }

    @Override
    public String name() {
      return "schedules";
    }
  }

  /** On Slack. */
  public static final class Slack extends SchedulesProof {
    /** Made by the runner. */
    public Slack() {
      super(Stage.Chat.SLACK, "Slack");
    }
  }

  /** On Teams. */
  public static final class Teams extends SchedulesProof {
    /** Made by the runner. */
    public Teams() {
      super(Stage.Chat.TEAMS, "Teams");
    }
  }

  @Override
  public String name() {
    return "schedules-" + on.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String goal() {
    return "schedules of random faults on " + chat + ": nothing lost, doubled or left lying";
  }

  @Override
  public int wanted() {
    return 500;
  }

  /** The seeds of its schedules follow each other. */
  @Override
  public Batch run(Path folder, long seed) {
    ScheduleTrial trial = new ScheduleTrial(folder, null);
    List<String> defects = new ArrayList<>();
    int played = 0;
    int faults = 0;
    while (played < SCHEDULES && defects.isEmpty()) {
      FaultSchedule schedule = FaultSchedule.of(on, seed + played++);
      faults += schedule.faults();
      defects.addAll(trial.wentWrong(schedule, "seed " + (seed + played - 1), MOST_TRIES));
    }
    return new Batch(played, faults, defects);
  }
}
