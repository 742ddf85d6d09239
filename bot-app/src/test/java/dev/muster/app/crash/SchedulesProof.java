// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Plays schedules of random faults; one that breaks something is told with how little suffices. */
public abstract class SchedulesProof implements ProofKind {

  private static final int SCHEDULES = 12;
  private static final int AT_ONCE = 3;
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

  /** The seeds of its schedules follow each other; who waits lets others play meanwhile. */
  @Override
  public Batch run(Path folder, long seed) {
    AtomicBoolean broken = new AtomicBoolean();
    ExecutorService stages = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Batch>> playing = new ArrayList<>();
      for (long each = seed; each < seed + SCHEDULES; each++) {
        long own = each;
        playing.add(stages.submit(() -> play(folder, own, broken)));
      }
      List<Batch> played = new ArrayList<>();
      for (Future<Batch> one : playing) {
        played.add(one.get());
      }
      return new Batch(
          played.stream().mapToInt(Batch::trials).sum(),
          played.stream().mapToInt(Batch::injected).sum(),
          played.stream().flatMap(one -> one.defects().stream()).toList());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a schedule could not be played", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      stages.shutdownNow();
    }
  }

  /** Once one broke something, no other is begun. */
  private Batch play(Path folder, long seed, AtomicBoolean broken) {
    if (broken.get()) {
      return new Batch(0, 0, List.of());
    }
    ScheduleTrial trial = new ScheduleTrial(folder.resolve("seed-" + seed), null);
    FaultSchedule schedule = FaultSchedule.of(on, seed);
    List<String> defects = trial.wentWrong(schedule, "seed " + seed, MOST_TRIES);
    if (!defects.isEmpty()) {
      broken.set(true);
    }
    return new Batch(1, schedule.faults(), defects);
  }
}
