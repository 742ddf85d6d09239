// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.crash.CrashImage.Unsynced;
import dev.muster.store.sql.ChainCheck;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets the power fail at any instant of what a bot did to its disk, opens what is left with the
 * product, and says what was promised before that instant and is not there.
 */
final class PowerLoss {

  private static final Pattern ACKNOWLEDGED =
      Pattern.compile("\"(?:id|delivery)\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern CALLED =
      Pattern.compile("(?i)^POST /rollback .*?\r\nIdempotency-Key: ([^\r\n]+)", Pattern.DOTALL);
  private static final String DELIVERIES =
      "SELECT id || ' ' || delivery_key || ' ' || CAST(raw AS TEXT) || ' ' || body || ' '"
          + " || coalesce(answer, '') FROM inbox";
  private static final String RUNS = "SELECT body FROM aggregate";

  private final List<DiskLog.Line> log;
  private final List<Promise> promises;

  /** Something that left the process: it may be relied on from the line {@code at} on. */
  private record Promise(int at, String sql, String word) {}

  /** Where and how the power failed, and what was wrong then. */
  record Outcome(int cut, Unsynced fate, int promised, List<String> problems) {}

  PowerLoss(List<DiskLog.Line> log) {
    this.log = List.copyOf(log);
    promises = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).kind() == DiskLog.Kind.SAID) {
        String said = log.get(i).text();
        promise(i, said.startsWith("POST") ? CALLED : ACKNOWLEDGED, said);
      }
    }
  }

  private void promise(int at, Pattern pattern, String said) {
    Matcher found = pattern.matcher(said);
    if (found.find()) {
      promises.add(new Promise(at, pattern == CALLED ? RUNS : DELIVERIES, found.group(1).strip()));
    }
  }

  /** Returns how many calls were written down. */
  int lines() {
    return log.size();
  }

  /** Returns how many acknowledgements and calls of runbooks went out. */
  int promises() {
    return promises.size();
  }

  /** Lets the power fail so many times, and returns what was wrong. */
  List<String> fail(int times, Random random, Path folder) {
    List<String> problems = new ArrayList<>();
    for (int time = 0; time < times; time++) {
      Outcome outcome = fail(random, folder);
      if (!outcome.problems().isEmpty()) {
        problems.add("line " + outcome.cut() + ", " + outcome.fate() + ": " + outcome.problems());
      }
    }
    return problems;
  }

  /**
   * Lets the power fail once. Half of the instants are those right after a promise or a sync, the
   * others are any.
   *
   * @param folder a place for the files; it is cleared afterwards
   */
  Outcome fail(Random random, Path folder) {
    int cut = instant(random);
    Unsynced fate = Unsynced.values()[random.nextInt(Unsynced.values().length)];
    CrashImage image = CrashImage.of(log, cut, fate, random);
    List<Promise> due = promises.stream().filter(promise -> promise.at() < cut).toList();
    try {
      Path data = Files.createDirectories(folder.resolve("data"));
      image.into(data);
      List<String> problems = judged(data.resolve("muster.db"), due);
      clear(folder);
      return new Outcome(cut, fate, due.size(), problems);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int instant(Random random) {
    int any = 1 + random.nextInt(log.size());
    return switch (random.nextInt(4)) {
      case 0 -> promises.get(random.nextInt(promises.size())).at() + 1;
      case 1 -> nextSync(any);
      default -> any;
    };
  }

  private int nextSync(int from) {
    int at = from;
    while (at < log.size() && log.get(at).kind() != DiskLog.Kind.SYNC) {
      at++;
    }
    return Math.min(at + 1, log.size());
  }

  private static List<String> judged(Path file, List<Promise> due) throws IOException {
    String url = "jdbc:sqlite:" + file;
    StoreOpening opening =
        SqlStore.open(
            url, InstantSource.system(), () -> UUID.randomUUID().toString(), new Telemetry());
    if (opening instanceof StoreOpening.Refused refused) {
      return List.of("it does not open: " + refused.reason());
    }
    ((StoreOpening.Opened) opening).store().close();
    List<String> problems = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url)) {
      String sound = all(connection, "PRAGMA integrity_check");
      if (!sound.strip().equals("ok")) {
        problems.add("the file is damaged: " + sound);
      }
      String foreign = all(connection, "PRAGMA foreign_key_check");
      if (!foreign.isBlank()) {
        problems.add("rows point nowhere: " + foreign);
      }
      String deliveries = all(connection, DELIVERIES);
      String runs = all(connection, RUNS);
      for (Promise promise : due) {
        if (!(promise.sql().equals(RUNS) ? runs : deliveries).contains(promise.word())) {
          problems.add("lost, though it was promised: " + promise.word());
        }
      }
    } catch (SQLException e) {
      problems.add("it cannot be read: " + e.getMessage());
    }
    problems.addAll(ChainCheck.check(url).problems());
    return problems;
  }

  private static String all(Connection connection, String sql) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        text.append(rows.getString(1)).append('\n');
      }
    }
    return text.toString();
  }

  private static void clear(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
