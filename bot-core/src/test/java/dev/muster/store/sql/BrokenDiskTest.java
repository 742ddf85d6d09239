// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.UnitOfWork.StoreBusy;
import dev.muster.telemetry.Telemetry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the writer does when the disk is full, fails at the commit, or cannot keep up. */
class BrokenDiskTest {

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private final ChainHeads heads = ChainHeads.ofWriter();
  private final Aftermath aftermath = new Aftermath(grown -> {});
  private volatile SQLiteErrorCode commitFailsWith;
  private volatile boolean memoryIsFull;
  private volatile boolean mayWrite = true;
  private final CompletableFuture<String> broken = new CompletableFuture<>();
  private Connection connection;
  private Ports ports;
  private Writer writer;

  @BeforeEach
  void startWriter() throws Exception {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    connection = Connections.writer(new StoreUrl(file));
    ports = new Ports(Jdbi.create(moody(connection)).open(), StoreJson.mapper(), () -> "id", heads);
    writer =
        new Writer(
            ports,
            StorePlace.of(file, any -> mayWrite),
            new LogCopier(new StoreUrl(file), failure -> {}),
            aftermath,
            new Telemetry(),
            cause -> {
              told.add(cause.getMessage());
              broken.complete(cause.getMessage());
            });
    writer.start();
  }

  @AfterEach
  void stopWriter() throws Exception {
    writer.close();
    aftermath.close();
    connection.close();
  }

  /** A connection whose COMMIT can be made to fail. */
  private Connection moody(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              Object result = call(real, method, arguments);
              boolean commit =
                  method.getName().equals("prepareStatement") && "COMMIT".equals(arguments[0]);
              return commit ? moody((PreparedStatement) result) : result;
            });
  }

  private PreparedStatement moody(PreparedStatement real) {
    return (PreparedStatement)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              SQLiteErrorCode code = commitFailsWith;
              if (memoryIsFull && method.getName().equals("executeUpdate")) {
                throw new OutOfMemoryError("made to fail");
              }
              if (code != null && method.getName().equals("executeUpdate")) {
                throw new SQLiteException("made to fail", code);
              }
              return call(real, method, arguments);
            });
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private CompletableFuture<Boolean> keep(String name) {
    return writer
        .add(
            new Job<>(
                tx -> {
                  tx.keepNote(name, "x");
                  return true;
                },
                true))
        .future();
  }

  private static StoreFailure failure(CompletableFuture<?> future) {
    return (StoreFailure) assertThrows(CompletionException.class, future::join).getCause();
  }

  @Test
  void commit_fsyncFails_everythingAfterwardsFailsAndTheOwnerIsToldOnce() {
    assertTrue(keep("a").join());
    commitFailsWith = SQLiteErrorCode.SQLITE_IOERR_FSYNC;

    assertEquals(StoreFailure.Trouble.BROKEN, failure(keep("b")).trouble());
    commitFailsWith = null;

    assertEquals(StoreFailure.Trouble.BROKEN, failure(keep("c")).trouble());
    assertEquals(StoreFailure.Trouble.BROKEN, failure(keep("d")).trouble());
    assertEquals(1, told.size());
  }

  /** The driver throws it when it has no memory for an answer; nobody may wait for ever. */
  @Test
  void commit_thatBreaksOffByAnError_isToldToWhoeverWaits_andEndsEverything() throws Exception {
    memoryIsFull = true;
    CompletableFuture<Boolean> kept = keep("a").orTimeout(60, TimeUnit.SECONDS);

    assertEquals(StoreFailure.Trouble.BROKEN, failure(kept).trouble());
    assertTrue(broken.get(60, TimeUnit.SECONDS).contains("OutOfMemoryError"), told::toString);
    assertEquals(StoreFailure.Trouble.BROKEN, failure(keep("b")).trouble());
    assertEquals(1, told.size());
  }

  @Test
  void commit_diskFull_failsThisWorkAndGoesOnWhenThereIsRoom() {
    commitFailsWith = SQLiteErrorCode.SQLITE_FULL;
    assertEquals(StoreFailure.Trouble.FULL, failure(keep("a")).trouble());
    commitFailsWith = null;

    assertTrue(keep("b").join());
    boolean lost = writer.add(new Job<>(tx -> tx.note("a").isEmpty(), true)).future().join();
    assertTrue(lost);
    assertEquals(List.of(), told);
  }

  @Test
  void file_thatCannotGrow_failsWorkAndTakesItAgainOnceItCan() throws SQLException {
    long pages = Long.parseLong(Connections.text(connection, "PRAGMA page_count"));
    for (int time = 0; time < 3; time++) {
      Connections.text(connection, "PRAGMA max_page_count = " + pages);
      assertEquals(StoreFailure.Trouble.FULL, failure(keep("a".repeat(9_000))).trouble());
      assertEquals(StoreFailure.Trouble.FULL, failure(keep("b".repeat(9_000))).trouble());
      Connections.text(connection, "PRAGMA max_page_count = 1000000");

      assertTrue(keep("c" + time).join());
    }
    assertEquals(List.of(), told);
  }

  @Test
  void file_heldByAnotherProgram_failsWorkAndTakesItAgainOnceItIsFree() throws SQLException {
    Connections.text(connection, "PRAGMA busy_timeout = 1");
    for (int time = 0; time < 3; time++) {
      try (Connection other = Connections.writer(new StoreUrl(folder.resolve("muster.db")));
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertEquals(StoreFailure.Trouble.LOCKED, failure(keep("a")).trouble());
        assertEquals(StoreFailure.Trouble.LOCKED, failure(keep("b")).trouble());
        statement.execute("ROLLBACK");
      }
      assertTrue(keep("c" + time).join());
    }
    assertEquals(List.of(), told);
  }

  @Test
  void file_thatMayNoLongerBeWritten_endsEverythingAndSaysWhatToDo() throws Exception {
    assertTrue(keep("a").join());
    mayWrite = false;

    String sentence = broken.get(5, TimeUnit.SECONDS);

    assertTrue(sentence.startsWith("this user may no longer write " + folder), sentence);
    assertEquals(StoreFailure.Trouble.BROKEN, failure(keep("b")).trouble());
    assertTrue(sentence.contains("chmod u+w"), sentence);
  }

  @Test
  void work_thatSwallowsAFullDisk_isNotCommittedInPart() {
    CompletableFuture<Boolean> swallowed =
        writer
            .add(
                new Job<>(
                    tx -> {
                      ports.statements.failed(
                          new SQLiteException("made to fail", SQLiteErrorCode.SQLITE_FULL));
                      try {
                        tx.keepNote("a", "x");
                      } catch (StoreFailure e) {
                        return false;
                      }
                      return true;
                    },
                    true))
            .future();

    assertEquals(StoreFailure.Trouble.FULL, failure(swallowed).trouble());
    assertTrue(keep("b").join());
    assertTrue(writer.add(new Job<>(tx -> tx.note("a").isEmpty(), true)).future().join());
  }

  @Test
  void begin_lockedByAnotherProgram_failsThisWorkOnly() {
    commitFailsWith = SQLiteErrorCode.SQLITE_BUSY;
    assertEquals(StoreFailure.Trouble.LOCKED, failure(keep("a")).trouble());
    commitFailsWith = null;

    assertTrue(keep("b").join());
    assertEquals(List.of(), told);
  }

  @Test
  void add_moreThanCanWait_isTurnedAway() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Boolean> first =
        writer
            .add(
                new Job<>(
                    tx -> {
                      busy.countDown();
                      await(go);
                      return true;
                    },
                    true))
            .future();
    busy.await();
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < Writer.MOST_WAITING; i++) {
      waiting.add(keep("n"));
    }

    CompletableFuture<Boolean> tooMany = keep("too many");

    assertTrue(
        assertThrows(CompletionException.class, tooMany::join).getCause() instanceof StoreBusy);
    go.countDown();
    assertTrue(first.join());
    waiting.forEach(each -> assertTrue(each.join()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
