// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.child;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, over a folder of its own. */
public final class Child implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** All programs that are compared get the same. */
  private static final List<String> JVM =
      List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m");

  private final String name;
  private final Process process;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private Child(String name, Path folder, List<String> command) {
    this.name = name;
    try {
      Files.createDirectories(folder);
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(folder.resolve(name + ".err").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path log = folder.resolve(name + ".out");
    Thread reader = new Thread(() -> listen(log), name + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  private static Child ofJava(String name, Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>(JVM);
    // For a look inside, such as -Dbench.jvm=-XX:StartFlightRecording=filename=NAME.jfr
    for (String flag : System.getProperty("bench.jvm", "").split(" ")) {
      if (!flag.isEmpty()) {
        command.add(flag.replace("NAME", name));
      }
    }
    command.addAll(arguments);
    return new Child(name, folder, command);
  }

  /** Starts a program that is no Java. */
  static Child ofProgram(Path program, Path folder, String... arguments) {
    List<String> all = new ArrayList<>(List.of(program.toString()));
    all.addAll(List.of(arguments));
    return new Child(program.getFileName().toString(), folder, all);
  }

  /** Starts a class of this program. */
  static Child ofClass(Class<?> main, Path folder, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
    all.add(main.getName());
    all.addAll(List.of(arguments));
    return ofJava(main.getSimpleName(), folder, all);
  }

  /** Starts a jar. */
  static Child ofJar(Path jar, Path folder, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-jar", jar.toString()));
    all.addAll(List.of(arguments));
    return ofJava(jar.getFileName().toString(), folder, all);
  }

  private void listen(Path log) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter copy = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line);
        copy.newLine();
        said.add(line);
      }
    } catch (IOException e) {
      said.add("output ended: " + e.getMessage());
    }
  }

  /** Waits for a line that begins so, and returns the rest of it. */
  String await(String beginning) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < end && (process.isAlive() || !said.isEmpty())) {
        String line = said.poll(1, TimeUnit.SECONDS);
        if (line != null && line.startsWith(beginning)) {
          return line.substring(beginning.length());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(name + " did not say \"" + beginning + "\"; see its log");
  }

  /** Returns the processor time it has used so far, in seconds. */
  public double cpuSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** Returns how much of its memory is in the machine's, in megabytes. */
  double residentMegabytes() {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
              .sum()
          / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks it to end, with SIGTERM where there are signals, and waits until it has.
   *
   * @return how many seconds that took
   */
  double end() {
    long begin = System.nanoTime();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Asks it to end, and ends it if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
