// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.incident.Actor;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Damage that happens while the store is open is noticed within the hour. */
class FileCheckTest {

  private static final int PAGE = 4096;

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final List<StoreFailure> told = new ArrayList<>();

  @Test
  void damagedWhileOpen_isToldAtTheNextLook() throws IOException {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    fill(file);
    StoreOpening opening = SqlStore.open("jdbc:sqlite:" + file, clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      FileCheck check = new FileCheck(store, clock, true, told::add);
      check.whenDue();
      damage(file);
      check.whenDue();
      assertEquals(List.of(), told);

      clock.advance(Duration.ofHours(1));
      check.whenDue();

      assertTrue(told.get(0).damaged());
    }
  }

  @Test
  void clockThatIsPutBack_doesNotPutOffTheNextLook() throws IOException {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    fill(file);
    StoreOpening opening = SqlStore.open("jdbc:sqlite:" + file, clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      FileCheck check = new FileCheck(store, clock, true, told::add);
      damage(file);
      clock.advance(Duration.ofDays(-365));
      check.whenDue();

      assertFalse(told.isEmpty());
    }
  }

  /** Whoever is told of damage may fail as well, and without memory the driver throws an error. */
  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void lookThatFailsUnforeseen_isLogged_andTheNextOneIsMadeAllTheSame(
      Class<? extends Throwable> failure) throws IOException {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    fill(file);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(FileCheck.class);
    logger.addAppender(log);
    StoreOpening opening = SqlStore.open("jdbc:sqlite:" + file, clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      damage(file);
      FileCheck check = new FileCheck(store, clock, false, tellsTheSecondTime(failure));

      check.whenDue();
      assertEquals(List.of(Level.WARN), log.list.stream().map(ILoggingEvent::getLevel).toList());
      clock.advance(Duration.ofHours(1));
      check.whenDue();
    } finally {
      logger.detachAppender(log);
    }

    assertEquals(2, told.size());
  }

  private Consumer<StoreFailure> tellsTheSecondTime(Class<? extends Throwable> atFirst) {
    return damage -> {
      told.add(damage);
      if (told.size() == 1 && atFirst == OutOfMemoryError.class) {
        throw new OutOfMemoryError("on purpose");
      } else if (told.size() == 1) {
        throw new IllegalStateException("on purpose");
      }
    };
  }

  /** SQLite begins with the newest rows, so that damage near the oldest is told by a whole look. */
  @Test
  void lookThatMeetsTheClosing_isEndedOnTheWay() throws Exception {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    fill(file, 30_000);
    StoreOpening opening = SqlStore.open("jdbc:sqlite:" + file, clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      long early = Files.size(file) / PAGE / 10 * PAGE;
      damage(file, early, early + PAGE);
      FileCheck closing = new FileCheck(store, clock, false, told::add);
      closing.close();

      closing.whenDue();
      assertEquals(List.of(), told);

      new FileCheck(store, clock, false, told::add).whenDue();
      assertEquals(1, told.size());
    }
  }

  /** A connection that has searched takes the parts of the index as they were then. */
  @Test
  void indexThatGrewSinceASearch_isNotTakenForDamage() throws Exception {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    StoreOpening opening = SqlStore.open("jdbc:sqlite:" + file, clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      for (int i = 0; i < 60; i++) {
        String words = "fact " + i + " of many";
        say(store, words);
        store.settle();
        if (i % 7 == 0) {
          assertFalse(
              store.read(tx -> tx.timeline().search("many", Optional.empty(), 3)).isEmpty());
        }
        new FileCheck(store, clock, false, told::add).whenDue();
      }
    }
    assertEquals(List.of(), told);
  }

  /** Whoever looks through the file asks what time it is, and is not told before all is said. */
  @Test
  void lookThatTakesLong_doesNotHoldUpTheSearchIndex() {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    InstantSource slow =
        () -> {
          if (isLookingThrough()) {
            asked.countDown();
            await(told);
          }
          return clock.instant();
        };
    StoreOpening opening = SqlStore.open("jdbc:sqlite:" + file, slow, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      say(store, "first");
      await(asked);

      say(store, "second");

      assertTimeoutPreemptively(Duration.ofSeconds(30), store::settle);
      assertEquals(1, store.read(tx -> tx.timeline().search("second", Optional.empty(), 3)).size());
      told.countDown();
    } finally {
      told.countDown();
    }
  }

  private static boolean isLookingThrough() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("whenDue")));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void say(SqlStore store, String words) {
    NewEntry entry = NewEntry.of(clock.instant(), EntryKind.NOTE_ADDED, new Actor.Bot(), words);
    store.run(tx -> tx.timeline().append(new Stream(1), entry, clock.instant()));
  }

  private void fill(Path file) {
    fill(file, 500);
  }

  private void fill(Path file, int notes) {
    StoreOpening opening = SqlStore.open("jdbc:sqlite:" + file, clock, () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      store.run(
          tx -> {
            for (int i = 0; i < notes; i++) {
              tx.keepNote("note-" + (100_000 + i), "value ".repeat(50));
            }
            return true;
          });
    }
  }

  private static void damage(Path file) throws IOException {
    damage(file, 8 * PAGE, Files.size(file));
  }

  private static void damage(Path file, long from, long to) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] nonsense = new byte[PAGE];
      Arrays.fill(nonsense, (byte) 0x5a);
      for (long at = from; at < to; at += PAGE) {
        bytes.seek(at);
        bytes.write(nonsense);
      }
    }
  }
}
