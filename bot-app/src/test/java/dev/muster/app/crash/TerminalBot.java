// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as somebody starts it at a terminal, over a disk that does as it is told. */
final class TerminalBot implements AutoCloseable {

  private static final String READY = "Muster is ready at ";

  private final Path said;
  private final Process process;
  private final BufferedReader out;
  private final String address;

  /**
   * Starts it and waits until it is ready.
   *
   * @param folder where its configuration and what it complains of lie, and the store in {@code
   *     data}
   * @param more of the configuration
   */
  TerminalBot(Path folder, DiskWindow disk, String more) throws IOException {
    said = folder.resolve("stderr.log");
    process = started(folder, disk, more);
    out = process.inputReader(StandardCharsets.UTF_8);
    String ready = out.lines().filter(line -> line.startsWith(READY)).findFirst().orElse("");
    if (ready.isEmpty()) {
      process.destroyForcibly();
    }
    assertFalse(ready.isEmpty(), () -> "it did not start: " + Sinks.text(said));
    address = ready.substring(READY.length());
  }

  private Process started(Path folder, DiskWindow disk, String more) throws IOException {
    Path config = folder.resolve("bot.yaml");
    Path store = folder.resolve("data/muster.db");
    Files.writeString(
        config, "server: { port: 0 }\nstore: { url: \"jdbc:sqlite:" + store + "\" }\n" + more);
    List<String> command = new ArrayList<>(SharedClasses.JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.muster.app.Main"));
    command.addAll(List.of("--config", config.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
    builder.environment().putAll(disk.failing());
    return builder.start();
  }

  /** Returns where it serves. */
  String address() {
    return address;
  }

  /** Returns what it wrote to standard error so far. */
  String said() {
    return Sinks.text(said);
  }

  /** Waits until it ends by itself; returns its exit code. */
  int exitCode() throws InterruptedException {
    assertTrue(
        process.waitFor(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS),
        () -> "it does not end: " + said());
    return process.exitValue();
  }

  /** Asks it to end; returns its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    out.close();
  }
}
