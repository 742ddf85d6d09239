// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The packaged program in a process of its own, started as {@code tools/muster} starts it. */
final class PackagedBot implements Bot, AutoCloseable {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
  private static final Pattern READY = Pattern.compile("Muster is ready at \\S+:(\\d+)");
  private static final Pattern USED = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");
  private static final List<String> LOGS = List.of("stdout.log", "stderr.log");

  /** What somebody just asks for is in use as well: the least of some counts. */
  private static final int COLLECTIONS = 3;

  private final Path folder;
  private final Process process;
  private final int port;

  /**
   * Starts it and waits until it listens.
   *
   * @param jar the program
   * @param folder where its configuration, store and logs lie
   * @param target where the runbook calls
   */
  PackagedBot(Path jar, Path folder, String target) {
    this.folder = folder;
    try {
      Files.createDirectories(folder.resolve("runbooks"));
      Files.writeString(folder.resolve("bot.yaml"), CrashConfig.of(store(), target, ""));
      Files.writeString(
          folder.resolve("runbooks/rollback-checkout.yaml"), CrashConfig.runbook(target));
      process =
          new ProcessBuilder(command(jar))
              .directory(folder.toFile())
              .redirectOutput(folder.resolve(LOGS.get(0)).toFile())
              .redirectError(folder.resolve(LOGS.get(1)).toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = Sender.await("it is ready", CrashBot.PATIENCE_SECONDS, this::ready);
  }

  private static List<String> command(Path jar) {
    List<String> command = new ArrayList<>(List.of(JAVA.resolve("java").toString()));
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of("-jar", jar.toString(), "run", "--config", "bot.yaml"));
    return command;
  }

  private Optional<Integer> ready() {
    if (!process.isAlive()) {
      throw new AssertionError("it ended with " + process.exitValue() + "; see " + folder);
    }
    Matcher said = READY.matcher(Sinks.text(folder.resolve(LOGS.get(0))));
    return said.find() ? Optional.of(Integer.valueOf(said.group(1))) : Optional.empty();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Path store() {
    return folder.resolve("data/muster.db");
  }

  @Override
  public Map<String, String> sinks() {
    Map<String, String> sinks = new HashMap<>();
    LOGS.forEach(log -> sinks.put(log, Sinks.text(folder.resolve(log))));
    sinks.put(Sinks.DATABASE, Sinks.text(store()));
    return sinks;
  }

  /** Lets it collect what nobody needs and returns what stays in its heap, in kilobytes. */
  long heapKilobytes() {
    return LongStream.generate(this::collected).limit(COLLECTIONS).min().orElseThrow();
  }

  private long collected() {
    jcmd("GC.run");
    long used = 0;
    int generations = 0;
    for (Matcher found = USED.matcher(jcmd("GC.heap_info")); found.find(); generations++) {
      used += Long.parseLong(found.group(1));
    }
    if (generations == 0) {
      throw new AssertionError("the heap could not be read");
    }
    return used;
  }

  private String jcmd(String order) {
    try {
      Process asked =
          new ProcessBuilder(JAVA.resolve("jcmd").toString(), String.valueOf(process.pid()), order)
              .redirectErrorStream(true)
              .start();
      String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!asked.waitFor(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS) || asked.exitValue() != 0) {
        throw new AssertionError(order + " was refused: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns how many files and sockets it holds open. */
  long handles() {
    return children("fd");
  }

  /** Returns how many threads it has. */
  long threads() {
    return children("task");
  }

  private long children(String of) {
    try (var files = Files.list(Path.of("/proc", String.valueOf(process.pid()), of))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how much it has logged, in bytes. */
  long loggedBytes() {
    return LOGS.stream().mapToLong(log -> folder.resolve(log).toFile().length()).sum();
  }

  /** Returns whether the process lives. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, and ends it if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
