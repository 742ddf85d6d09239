// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Actor;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening the store, and the sentence that says why it cannot be opened. */
class StoreOpeningTest {

  @TempDir Path folder;
  private final AtomicLong ids = new AtomicLong();

  private StoreOpening open(String url) {
    return SqlStore.open(
        url, ManualClock.atNoon(), () -> "id-" + ids.incrementAndGet(), new Telemetry());
  }

  private Path file() {
    return folder.resolve("deeper/data/muster.db");
  }

  private String url() {
    return "jdbc:sqlite:" + file();
  }

  private SqlStore opened() {
    return ((StoreOpening.Opened) open(url())).store();
  }

  private static String refused(StoreOpening opening) {
    if (opening instanceof StoreOpening.Opened opened) {
      opened.store().close();
    }
    return ((StoreOpening.Refused) opening).reason();
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void open_nothingThere_makesFolderTablesAndFilesForTheOwnerAlone() throws IOException {
    try (SqlStore store = opened()) {
      store.run(
          tx -> {
            tx.keepNote("a", "b");
            return true;
          });
      for (String name : Set.of("muster.db", "muster.db-wal", "muster.key")) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file().resolveSibling(name))),
            name);
      }
    }
    try (SqlStore again = opened()) {
      assertEquals(Optional.of("b"), again.read(tx -> tx.note("a")));
    }
  }

  /** What is missing here may as well be a page that is damaged. */
  @Test
  void open_whatCannotBeRead_isRefusedAndLeavesNoThread() throws SQLException {
    opened().close();
    execute("DROP TABLE search_mark");
    Set<Thread> before = threads();

    assertTrue(refused(open(url())).contains("search_mark"));

    Set<Thread> left = threads();
    left.removeAll(before);
    assertEquals(Set.of(), left);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("muster-store"))
        .collect(Collectors.toSet());
  }

  @Test
  void open_aSecondTime_isRefusedAndNamesTheHolder() {
    try (SqlStore first = opened()) {
      String reason = refused(open(url()));

      assertTrue(reason.contains("in use by process " + ProcessHandle.current().pid()), reason);
      assertTrue(reason.contains("since 2026-11-20T12:00:00Z"), reason);
      assertEquals(Optional.empty(), first.read(tx -> tx.note("a")));
    }
    opened().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost/muster",
        "jdbc:h2:mem:x",
        "jdbc:sqlite:",
        "jdbc:sqlite::memory:",
        "muster.db"
      })
  void open_anotherKindOfAddress_isRefusedWithAnExample(String url) {
    String reason = refused(open(url));

    assertTrue(reason.contains("jdbc:sqlite:data/muster.db"), reason);
  }

  @Test
  void open_misspeltParameter_isRefusedAndMakesNoFile() {
    String reason = refused(open(url() + "?jurnal_mode=WAL"));

    assertTrue(reason.contains("jurnal_mode"), reason);
    assertTrue(reason.contains("journal_mode"), reason);
    assertFalse(Files.exists(file().getParent()));
  }

  @Test
  void open_weakenedParameter_isRefused() {
    String reason = refused(open(url() + "?synchronous=NORMAL"));

    assertTrue(reason.contains("synchronous=FULL"), reason);
  }

  @Test
  void open_ownParametersSpelledOut_isFine() {
    StoreOpening opening = open(url() + "?journal_mode=WAL&synchronous=full");

    ((StoreOpening.Opened) opening).store().close();
    assertTrue(Files.exists(file()));
  }

  @Test
  void open_keyWhoseWritingWasCutOff_makesItAnew() throws IOException {
    Path draft = file().resolveSibling("muster.key.new");
    Files.createDirectories(draft.getParent());
    Files.writeString(draft, "Signs the");

    opened().close();

    assertEquals(3, Files.readAllLines(file().resolveSibling("muster.key")).size());
    assertFalse(Files.exists(draft));
  }

  @Test
  void open_noDatabase_isRefusedAndLeftAsItIs() throws IOException {
    Files.createDirectories(file().getParent());
    byte[] content =
        "this is a diary, not a database ".repeat(200).getBytes(StandardCharsets.UTF_8);
    Files.write(file(), content);

    String reason = refused(open(url()));

    assertTrue(reason.contains("is damaged"), reason);
    assertTrue(reason.contains("java -jar muster.jar restore FILE"), reason);
    assertEquals(content.length, Files.size(file()));
  }

  @Test
  void open_damagedPages_isRefused() throws IOException {
    try (SqlStore store = opened()) {
      store.run(
          tx -> {
            for (int i = 0; i < 500; i++) {
              tx.keepNote("note-" + i, "value ".repeat(50));
            }
            return true;
          });
    }
    byte[] content = Files.readAllBytes(file());
    for (int at = 8 * 4096; at < content.length; at++) {
      content[at] ^= 0x5a;
    }
    Files.write(file(), content);

    assertTrue(refused(open(url())).contains("is damaged"));
  }

  @Test
  void open_newerTables_isRefusedAndNamesBothVersions() throws SQLException {
    opened().close();
    execute("UPDATE flyway_schema_history SET version = '99'");

    String reason = refused(open(url()));

    assertTrue(reason.contains("version 99"), reason);
    assertTrue(reason.contains("knows " + Schema.VERSION), reason);
    assertTrue(reason.contains("Start the newer program"), reason);
  }

  @Test
  void open_aFileWhereTheFolderShouldBe_isRefused() throws IOException {
    Files.createDirectories(folder.resolve("deeper"));
    Files.writeString(folder.resolve("deeper/data"), "in the way");

    assertTrue(refused(open(url())).contains("cannot be opened"));
  }

  @Test
  void schema_version_isTheNewestScript() throws IOException {
    Path scripts = Path.of("src/main/resources/db/sqlite");
    try (Stream<Path> files = Files.list(scripts)) {
      int newest =
          files
              .map(file -> file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1"))
              .mapToInt(Integer::parseInt)
              .max()
              .orElseThrow();
      assertEquals(newest, Schema.VERSION);
    }
  }

  @Test
  void close_leavesNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (SqlStore store = opened()) {
      store.run(tx -> tx.note("a"));
      store.read(tx -> tx.note("a"));
      store.close();
    }

    Set<String> left =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .map(Thread::getName)
            .filter(name -> name.startsWith("muster-store"))
            .collect(Collectors.toSet());
    assertEquals(Set.of(), left);
  }

  @Test
  void triggers_updateDeleteAndReplace_areRefused() throws SQLException {
    try (SqlStore store = opened()) {
      store.run(tx -> tx.timeline().append(dev.muster.timeline.Stream.JOURNAL, note(), noon()));
    }
    for (String sql :
        Set.of(
            "UPDATE timeline SET ref = 'x'",
            "DELETE FROM timeline",
            "UPDATE timeline_words SET text = 'x'",
            "UPDATE chain_checkpoint SET at = 0",
            "DELETE FROM chain_checkpoint")) {
      assertTrue(fails(sql), sql);
    }
    String replace =
        "INSERT OR REPLACE INTO timeline SELECT stream, seq, at, occurred_at, kind, 'forged',"
            + " actor_type, actor_id, commitment, hash FROM timeline";
    assertTrue(fails(replace), replace);
  }

  private boolean fails(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url() + "?recursive_triggers=true");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return false;
    } catch (SQLException e) {
      return e.getMessage().contains("append-only") || e.getMessage().contains("never changed");
    }
  }

  private static NewEntry note() {
    return NewEntry.of(noon(), EntryKind.NOTE_ADDED, new Actor.Bot(), "text");
  }

  private static Instant noon() {
    return ManualClock.atNoon().instant();
  }
}
