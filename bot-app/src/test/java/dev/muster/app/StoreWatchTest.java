// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.BackupSettings;
import dev.muster.store.sql.RestoreTrial;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the store is tried out, and what operators are told of it. */
final class StoreWatchTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final Map<String, Optional<String>> notices = new HashMap<>();
  private final Telemetry telemetry = new Telemetry();
  private BackupSettings backups = new BackupSettings(false, "", Duration.ofHours(1), 24, 7, 4);
  @TempDir private Path folder;
  private SqlStore store;
  private StoreWatch watch;
  private ScheduledThreadPoolExecutor roomThread;

  @BeforeEach
  void open() {
    StoreOpening opening =
        SqlStore.open(url(), clock, () -> UUID.randomUUID().toString(), new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
    watch = watch(telemetry);
  }

  private StoreWatch watch(Telemetry counted) {
    roomThread = new ScheduledThreadPoolExecutor(1);
    return new StoreWatch(
        new StoreWatch.Surroundings(url(), folder, backups, 0, store, clock, notices::put),
        Executors.newSingleThreadScheduledExecutor(),
        roomThread,
        counted);
  }

  @AfterEach
  void close() throws InterruptedException {
    watch.close();
    store.close();
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("muster.db");
  }

  private Optional<String> tried() {
    return store.read(tx -> tx.note(RestoreTrial.NOTE));
  }

  @Test
  void trial_isMadeAnHourAfterTheFirstStart_andThenOnceADay() throws Exception {
    watch.look();
    assertEquals(Optional.empty(), tried());

    clock.advance(Duration.ofHours(1));
    watch.look();
    String first = clock.instant() + " fine";
    assertEquals(Optional.of(first), tried());
    assertEquals(Optional.empty(), notices.get(StoreWatch.TRIAL));
    assertTrue(
        telemetry.prometheusText().contains("muster_restore_trial_age_seconds 0"),
        telemetry.prometheusText());

    clock.advance(Duration.ofHours(23));
    watch.look();
    assertEquals(Optional.of(first), tried());

    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO timeline_words VALUES (9, 9, x'00', 'made up', '', '', '{}')");
    }
    clock.advance(Duration.ofHours(1));
    watch.look();
    String told = notices.get(StoreWatch.TRIAL).orElseThrow();
    assertTrue(told.contains("belong to no entry"), told);
    assertTrue(told.contains("java -jar muster.jar verify --store"), told);
    assertFalse(tried().orElseThrow().endsWith("fine"));
  }

  @Test
  void ageOfTheLastGoodTrial_outlivesARestart_andATrialThatFailed() throws Exception {
    clock.advance(Duration.ofHours(1));
    watch.look();
    store.run(
        tx -> {
          tx.keepNote(RestoreTrial.NOTE, clock.instant() + " It did not work.");
          return null;
        });
    clock.advance(Duration.ofMinutes(10));

    Telemetry later = new Telemetry();
    try (StoreWatch again = watch(later)) {
      again.start();
      String text = later.prometheusText();
      assertTrue(text.contains("muster_restore_trial_age_seconds 600"), text);
    }
  }

  @Test
  void backups_areMadeEveryHour_andTheNewestIsNamedWhenTheStoreIsDamaged() throws Exception {
    backups = new BackupSettings(true, "", Duration.ofHours(1), 2, 1, 0);
    Telemetry counted = new Telemetry();
    Path kept = folder.resolve("backups");
    try (StoreWatch made = watch(counted)) {
      made.look();
      assertFalse(Files.exists(kept), "not at the start");
      for (int hour = 0; hour < 3; hour++) {
        clock.advance(Duration.ofHours(1));
        made.look();
        made.look();
      }
    }
    try (Stream<Path> files = Files.list(kept)) {
      assertEquals(
          List.of("muster-20261120T140000Z.db", "muster-20261120T150000Z.db"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    assertEquals(Optional.empty(), notices.get(BackupRounds.TOPIC));
    assertTrue(counted.prometheusText().contains("muster_backup_age_seconds 0"));

    store.close();
    Files.write(folder.resolve("muster.db"), new byte[9_000]);
    Files.write(kept.resolve("muster-20261120T150000Z.db"), new byte[9_000]);
    StoreOpening opening = SqlStore.open(url(), clock, () -> "id", new Telemetry());
    String told = ((StoreOpening.Refused) opening).reason();
    String command = "java -jar muster.jar restore " + kept.resolve("muster-20261120T140000Z.db");
    assertTrue(told.endsWith(command), told);
  }

  @Test
  void backups_thatFail_areToldAndTriedAgain() throws Exception {
    Path kept = folder.resolve("a-file");
    Files.writeString(kept, "");
    backups = new BackupSettings(true, kept.toString(), Duration.ofHours(1), 2, 1, 0);
    try (StoreWatch made = watch(new Telemetry())) {
      clock.advance(Duration.ofHours(1));
      made.look();
      String told = notices.get(BackupRounds.TOPIC).orElseThrow();
      assertTrue(told.contains(kept.toString()), told);
      assertTrue(told.contains("java -jar muster.jar backup FILE"), told);

      Files.delete(kept);
      made.look();
      assertEquals(Optional.empty(), notices.get(BackupRounds.TOPIC));
    }
  }

  @Test
  void wrongClock_stopsNeitherBackupsNorTrials() throws Exception {
    backups = new BackupSettings(true, "", Duration.ofHours(1), 24, 1, 0);
    Telemetry counted = new Telemetry();
    clock.advance(Duration.ofDays(365));
    try (StoreWatch made = watch(counted)) {
      clock.advance(Duration.ofHours(1));
      made.look();

      clock.advance(Duration.ofDays(-365));
      assertTrue(counted.prometheusText().contains("muster_backup_age_seconds -1"));
      assertTrue(counted.prometheusText().contains("muster_restore_trial_age_seconds -1"));
      made.look();
      clock.advance(Duration.ofHours(1));
      made.look();
    }
    assertTrue(Files.exists(folder.resolve("backups").resolve("muster-20261120T140000Z.db")));
    assertEquals(Optional.of(clock.instant() + " fine"), tried());
    assertTrue(counted.prometheusText().contains("muster_backup_age_seconds 0"));
  }

  @Test
  void backup_withProblems_isTriedAgainAfterTenMinutes() throws Exception {
    backups = new BackupSettings(true, "", Duration.ofHours(1), 24, 1, 0);
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO timeline_words VALUES (9, 9, x'00', 'made up', '', '', '{}')");
    }
    try (StoreWatch made = watch(new Telemetry())) {
      clock.advance(Duration.ofMinutes(50));
      made.look();
      clock.advance(Duration.ofMinutes(5));
      made.look();
    }
    try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
      assertEquals(
          List.of("muster-20261120T125500Z.db.suspect"),
          files.map(file -> file.getFileName().toString()).toList());
    }
    assertTrue(notices.get(BackupRounds.TOPIC).orElseThrow().contains(".suspect"));
  }

  @Test
  void room_isLookedAtOnAThreadOfItsOwn_whichEndsWithTheWatch() throws Exception {
    try (StoreWatch made = watch(new Telemetry())) {
      made.start();
      assertEquals(1, roomThread.getQueue().size());
    }
    assertTrue(roomThread.isTerminated());
  }
}
