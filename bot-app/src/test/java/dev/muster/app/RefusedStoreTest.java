// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.sql.KeptBackups;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start on a store that cannot be used: exit code 4, a sentence with the command that mends it,
 * and the file as it was.
 */
final class RefusedStoreTest {

  private static final int STORE_EXIT = 4;

  @TempDir private Path folder;
  private Path file;
  private Path backup;

  @BeforeEach
  void make() throws IOException {
    file = folder.resolve("data/muster.db");
    Files.writeString(
        folder.resolve("bot.yaml"),
        "server: { port: 0 }\nstore: { url: \"jdbc:sqlite:" + file + "\" }\n");
    open().close();
    Path backups = folder.resolve("data/backups");
    backup =
        KeptBackups.write(
                url(), backups, new KeptBackups.Keep(1, 0, 0), ManualClock.atNoon().instant())
            .file();
  }

  private String url() {
    return "jdbc:sqlite:" + file;
  }

  private SqlStore open() {
    StoreOpening opening = SqlStore.open(url(), ManualClock.atNoon(), () -> "id", new Telemetry());
    return ((StoreOpening.Opened) opening).store();
  }

  private String refused() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Shell.Ended ended = Shell.run("run", "--config", folder.resolve("bot.yaml").toString());
    assertEquals(STORE_EXIT, ended.code(), ended.err());
    assertArrayEquals(before, Files.readAllBytes(file));
    return ended.err();
  }

  @Test
  void start_onADamagedFile_namesTheNewestSoundBackupInTheCommand() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);

    String told = refused();

    assertTrue(told.contains(file + " is damaged"), told);
    assertTrue(told.contains("java -jar muster.jar restore " + backup), told);
  }

  @Test
  void start_onNewerTables_namesBothVersionsAndTheBackup() throws Exception {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE flyway_schema_history SET version = '99' WHERE version = '1'");
    }

    String told = refused();

    assertTrue(told.contains("its tables have version 99"), told);
    assertTrue(told.contains("restore " + backup + " --replace-newer"), told);
  }

  @Test
  void start_besideAnother_namesItAndHowToStopIt() throws IOException {
    try (SqlStore held = open()) {
      String told = refused();

      assertTrue(told.contains("Stop it first: kill " + ProcessHandle.current().pid()), told);
      assertTrue(held.read(tx -> tx.note("any")).isEmpty());
    }
  }

  @Test
  void start_whereTheFileIsAFolder_saysWhatToCheck() throws IOException {
    Path other = Files.createDirectories(folder.resolve("data/other.db"));
    Files.writeString(
        folder.resolve("bot.yaml"),
        "server: { port: 0 }\nstore: { url: \"jdbc:sqlite:" + other + "\" }\n");

    String told = refused();

    assertTrue(told.contains(other + " cannot be opened"), told);
  }
}
