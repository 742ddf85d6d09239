// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.MovedOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The bot as a process over one folder: started, armed, killed with SIGKILL and started again. One
 * thread drives it; {@link #port()} may be asked by any.
 */
final class CrashBot implements Bot, AutoCloseable {

  /** Long enough for a machine that builds other things at the same time. */
  static final long PATIENCE_SECONDS = 90;

  /** How long it may be down: the start that makes the archive of its classes takes longest. */
  static final long DOWN_SECONDS = PATIENCE_SECONDS + SharedClasses.PATIENCE_SECONDS;

  /** Less than what the program takes for a clock that was set. */
  private static final Duration HURRIED = Duration.ofMillis(500);

  private static final String STORE = "data/muster.db";

  private final Path folder;
  private final SharedClasses shared;
  private final MovedOn clock;
  private final WrongTimes wrongTimes;
  private Path logs;
  private UnaryOperator<List<String>> launcher = UnaryOperator.identity();
  private final Set<String> called = ConcurrentHashMap.newKeySet();
  private Map<String, String> environment = Map.of();
  private ChildVoice voice;
  private Process process;
  private int starts;
  private int port;

  /**
   * @param folder where configuration, store and logs lie
   * @param target where the runbook calls
   * @param platforms what {@code bot.yaml} says of chat platforms; empty for the built-in one
   * @param classesInFront a folder that stands first on the class path; null for none
   * @param clock of everybody around it; it follows
   */
  CrashBot(Path folder, String target, String platforms, Path classesInFront, MovedOn clock) {
    this.folder = folder;
    this.clock = clock;
    wrongTimes = new WrongTimes(clock.instant());
    logs = folder;
    CrashConfig.write(folder, store(), target, platforms);
    shared =
        classesInFront == null
            ? SharedClasses.ofTheProgram(platforms)
            : SharedClasses.behind(classesInFront, folder);
  }

  /** Names what its environment holds beside ours from the next start on. */
  void environment(Map<String, String> more) {
    environment = Map.copyOf(more);
  }

  /** Leaves only so many sources of alerts from the next start on. */
  void keepSources(int count) {
    CrashConfig.keepSources(folder, count);
  }

  /** Says who is on call from the next start on, by the ids of its chat. */
  void onCall(String first, String second) {
    CrashConfig.onCall(folder, first, second);
  }

  /** Says how it is run from the next start on: by another command made of the usual one. */
  void launchBy(UnaryOperator<List<String>> other) {
    launcher = other;
  }

  /** Names the folder that its log goes to from the next start on. */
  void logInto(Path there) {
    try {
      logs = Files.createDirectories(there);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits until it listens. */
  void start() {
    begin();
    listensAt(voice.next("READY"));
  }

  private synchronized void listensAt(String ready) {
    port = Integer.parseInt(ready.substring("READY ".length()));
    notifyAll();
  }

  /** Starts it with a point already armed, so that it can die while it recovers. */
  void startArmed(String pattern) {
    begin(pattern);
  }

  private void begin(String... armed) {
    starts++;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(launcher.apply(command(armed)))
              .directory(folder.toFile())
              .redirectError(logs.resolve("stderr-" + starts + ".log").toFile());
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    voice = ChildVoice.of(process, folder.resolve("stdout-" + starts + ".log"), called);
  }

  private List<String> command(String... armed) {
    List<String> command = new ArrayList<>(SharedClasses.JVM);
    command.addAll(shared.flags());
    command.add("-D" + CrashChild.AHEAD + "=" + clock.ahead().toMillis());
    command.add("-D" + CrashChild.WRONG + "=" + clock.wrong().toMillis());
    command.addAll(List.of("-cp", shared.classPath()));
    command.add(CrashChild.class.getName());
    command.add(folder.resolve("bot.yaml").toString());
    command.addAll(List.of(armed));
    return command;
  }

  /** From now on it stops at the first point that the pattern is found in. */
  void arm(String pattern) {
    order("ARM " + pattern, "ARMED");
  }

  /** Tells it something, and waits until it says that it did it. */
  void order(String line, String answer) {
    tell(line);
    voice.next(answer);
  }

  /** Tells it something and does not wait until it did it. */
  void tell(String line) {
    try {
      process.outputWriter(StandardCharsets.UTF_8).append(line + "\n").flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets some time pass for everybody, so that what waits for its time need not be waited for. */
  void hurry() {
    clock.by(HURRIED);
    if (isAlive()) {
      order("PASS " + HURRIED.toMillis(), "PASSED");
    }
  }

  /** Lets the clock of its machine be out by that much; for everybody else it stays right. */
  void setClock(Duration wrong) {
    clock.set(wrong);
    wrongTimes.set(clock.instant(), wrong);
    order("SET " + wrong.toMillis(), "CLOCK");
  }

  /** Returns how far out the clock of its machine is. */
  Duration wrong() {
    return clock.wrong();
  }

  @Override
  public Instant reallyAt(Instant written) {
    return wrongTimes.reallyAt(written);
  }

  /** Lets time pass for everybody, and does not wait until it knows. */
  void letPass(Duration time) {
    clock.by(time);
    tell("PASS " + time.toMillis());
  }

  /** Stops it as an operator does, and starts it again. */
  void restart() {
    synchronized (this) {
      port = 0;
    }
    order("STOP", "STOPPED");
    kill();
    start();
  }

  /** Returns whether it stands at the armed point by now. */
  boolean stands() {
    if (!isAlive()) {
      throw new AssertionError("the bot ended by itself; see " + folder);
    }
    return voice.stands();
  }

  /** Waits until it stands at the armed point. */
  String awaitPoint() {
    return voice.next("AT");
  }

  /** Stops it in the middle of whatever it does, with SIGSTOP. */
  void freeze() {
    Signals.send("-STOP", process);
  }

  /** Lets it go on where it was stopped. */
  void thaw() {
    Signals.send("-CONT", process);
  }

  /** Kills it with SIGKILL and waits until it is gone. */
  void kill() {
    synchronized (this) {
      port = 0;
    }
    process.destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("SIGKILL did not end process " + process.pid());
      }
      shared.ended();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does something while it is killed at a point, starts it again and waits for the answer. */
  void dieAt(String pattern, Runnable stimulus) {
    CompletableFuture<Void> sent = dieIn(pattern, stimulus);
    start();
    CrashTrial.finish(sent);
  }

  /** As {@link #dieAt}, and what starts again is killed once more while it recovers. */
  void dieTwice(String pattern, String inRecovery, Runnable stimulus) {
    CompletableFuture<Void> sent = dieIn(pattern, stimulus);
    startArmed(inRecovery);
    awaitPoint();
    kill();
    start();
    CrashTrial.finish(sent);
  }

  /**
   * As {@link #dieTwice}, but what recovers may never come by the second point; then it is killed
   * once it has come to rest.
   *
   * @return whether it came by
   */
  boolean dieAgainIfItComesBy(
      String pattern, String inRecovery, Runnable stimulus, BooleanSupplier rests) {
    CompletableFuture<Void> sent = dieIn(pattern, stimulus);
    startArmed(inRecovery);
    boolean cameBy = comesBy(() -> sent.isDone() && rests.getAsBoolean());
    kill();
    start();
    CrashTrial.finish(sent);
    return cameBy;
  }

  private boolean comesBy(BooleanSupplier rests) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DOWN_SECONDS);
    boolean ready = false;
    try {
      while (System.nanoTime() < end) {
        String line = voice.next(ready ? 50 : 1_000);
        if (voice.stands()) {
          return true;
        }
        if (line != null && line.startsWith("READY")) {
          listensAt(line);
          ready = true;
        }
        boolean silent = line == null && ready;
        if (silent && rests.getAsBoolean()) {
          return false;
        }
        if (silent) {
          letPass(HURRIED);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("it neither came by nor to rest; see " + folder);
  }

  private CompletableFuture<Void> dieIn(String pattern, Runnable stimulus) {
    arm(pattern);
    CompletableFuture<Void> sent = CrashTrial.meanwhile(stimulus);
    awaitPoint();
    kill();
    return sent;
  }

  @Override
  public synchronized int port() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DOWN_SECONDS);
    while (port == 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("the bot did not come up again");
      }
      wait(left);
    }
    return port;
  }

  /** Returns where it listens now; waits while it is down. */
  String address() {
    try {
      return "http://127.0.0.1:" + port();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the verbs of chat platforms that it has called since it was first started. */
  Set<String> called() {
    return Set.copyOf(called);
  }

  /** Returns the exit code once the process has ended; nobody is answered by it from then on. */
  Optional<Integer> exitCode() {
    if (process.isAlive()) {
      return Optional.empty();
    }
    synchronized (this) {
      port = 0;
    }
    return Optional.of(process.exitValue());
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public Path store() {
    return folder.resolve(STORE);
  }

  @Override
  public Map<String, String> sinks() {
    Map<String, String> sinks = new HashMap<>();
    for (int start = 1; start <= starts; start++) {
      sinks.put("stdout-" + start + ".log", Sinks.text(folder.resolve("stdout-" + start + ".log")));
      sinks.put("stderr-" + start + ".log", Sinks.text(logs.resolve("stderr-" + start + ".log")));
    }
    sinks.put(Sinks.DATABASE, Sinks.text(store()));
    return sinks;
  }

  /** Returns whether the process lives. */
  boolean isAlive() {
    return process != null && process.isAlive();
  }

  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
  }
}
