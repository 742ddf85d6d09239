// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.incident.Actor;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A store with some facts, and a process that makes backups of it. */
final class BackupGround implements AutoCloseable {

  static final Instant NOON = ManualClock.atNoon().instant();

  private static final int FACTS = 150;
  private static long ids;

  private final Path data;
  private Process child;
  private BufferedWriter orders;
  private BufferedReader answers;

  BackupGround(Path data) {
    this.data = data;
    try (SqlStore store = open(data)) {
      for (int number = 0; number < FACTS; number++) {
        NewEntry entry = NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), "seen " + number);
        store.run(tx -> tx.timeline().append(new Stream(1), entry, NOON));
      }
    }
  }

  /** Returns the address of a store in a folder. */
  static String url(Path data) {
    return "jdbc:sqlite:" + data.resolve("muster.db");
  }

  /** Opens a store as a start does. */
  static SqlStore open(Path data) {
    StoreOpening opening =
        SqlStore.open(url(data), ManualClock.atNoon(), () -> "id" + ids++, new Telemetry());
    if (opening instanceof StoreOpening.Refused refused) {
      throw new AssertionError(refused.reason());
    }
    return ((StoreOpening.Opened) opening).store();
  }

  /** Returns how many facts there are. */
  static long facts(SqlStore store) {
    return store.read(tx -> tx.timeline().lastSeq(new Stream(1)));
  }

  /** Returns where the backups lie. */
  static Path backups(Path data) {
    return data.resolve("backups");
  }

  /** Starts the process that makes backups. */
  void begin(Map<String, String> environment) {
    List<String> command = new ArrayList<>(SharedClasses.JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BackupChild.class.getName(), url(data), backups(data).toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(data.resolveSibling("stderr.log").toFile());
    builder.environment().putAll(environment);
    try {
      child = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    orders = child.outputWriter(StandardCharsets.UTF_8);
    answers = child.inputReader(StandardCharsets.UTF_8);
  }

  /** Lets it make one, and returns what it says. */
  String backUp(Duration afterNoon) {
    try {
      orders.append(NOON.plus(afterNoon) + "\n").flush();
      String line = answers.readLine();
      while (line != null && !isAnswer(line)) {
        line = answers.readLine();
      }
      return String.valueOf(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What else it says is log. */
  private static boolean isAnswer(String line) {
    return line.startsWith(BackupChild.MADE) || line.startsWith(BackupChild.FAILED);
  }

  /** Returns every file of a store's folder and below, by its name there. */
  static Map<String, byte[]> files(Path data) {
    Map<String, byte[]> found = new TreeMap<>();
    try (var all = Files.walk(data)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        found.put("/" + data.relativize(each), Files.readAllBytes(each));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the names in the folder of the backups. */
  static List<String> names(Path data) {
    try (var all = Files.list(backups(data))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long expectedFacts() {
    return FACTS;
  }

  @Override
  public void close() throws Exception {
    if (child != null) {
      orders.close();
      if (!child.waitFor(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    }
  }
}
