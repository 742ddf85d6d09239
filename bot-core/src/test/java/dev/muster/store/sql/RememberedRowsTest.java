// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.store.Timers.Timer;
import dev.muster.store.Tx;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the writer remembers is what is stored, whichever units of a commit are rolled back or have
 * another in their place.
 */
class RememberedRowsTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final List<String> NAMES = List.of("a/1", "a/2", "b/1", "c");
  private static final int COMMITS = 150;

  @TempDir private Path folder;

  /** The same seed makes the same units; which of them share a commit is up to the machine. */
  private final Random random = new Random(11);

  private final AtomicInteger rolledBack = new AtomicInteger();
  private final Queue<AssertionError> wrong = new ConcurrentLinkedQueue<>();

  private static ChannelRef room(int number) {
    return new ChannelRef("chat", "room-" + number);
  }

  private static UserRef person(int number) {
    return new UserRef("chat", "person-" + number);
  }

  private static Stream stream(int number) {
    return Stream.of(new IncidentId(number));
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void rows_changedInUnitsThatShareCommitsAndFail_areAsAReaderSeesThem() throws IOException {
    try (SqliteWorld world = new SqliteWorld(folder)) {
      SqlStore store = world.store();
      for (int i = 0; i < COMMITS; i++) {
        together(store);
        assertEquals(
            store.read(RememberedRowsTest::seen),
            store.run(RememberedRowsTest::seen),
            "round " + i);
      }
      assertEquals(List.of(), List.copyOf(wrong));
      assertTrue(rolledBack.get() > COMMITS / 4, rolledBack + " were rolled back");
      assertTrue(store.read(tx -> tx.timeline().lastSeq(stream(1))) > 10);
      String url = "jdbc:sqlite:" + world.file();
      world.stop();
      assertEquals(List.of(), ChainCheck.check(url).problems());
    }
  }

  /** Hands in a few units while one is under way, so that most are in one commit. */
  private void together(SqlStore store) {
    CountDownLatch queued = new CountDownLatch(1);
    List<Thread> senders = new ArrayList<>();
    int many = 1 + random.nextInt(5);
    store.submit(tx -> awaited(queued));
    for (int i = 0; i < many; i++) {
      Function<Tx, Boolean> work = unit(random.nextInt(3) == 0);
      Function<Tx, Boolean> other = unit(random.nextInt(4) == 0);
      boolean hasOther = random.nextBoolean();
      Thread sender =
          new Thread(() -> sent(store, work, hasOther ? Optional.of(other) : Optional.empty()));
      sender.start();
      while (sender.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      senders.add(sender);
    }
    queued.countDown();
    senders.forEach(RememberedRowsTest::joined);
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void sent(
      SqlStore store, Function<Tx, Boolean> work, Optional<Function<Tx, Boolean>> other) {
    try {
      if (other.isPresent()) {
        store.run(work, (tx, error) -> other.get().apply(tx));
      } else {
        store.run(work);
      }
    } catch (OnPurpose | StoreFailure e) {
      rolledBack.incrementAndGet();
    } catch (AssertionError e) {
      wrong.add(e);
    }
  }

  /** A unit that fails as the test wants it to. */
  private static final class OnPurpose extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OnPurpose(String seen) {
      super(seen);
    }
  }

  private Function<Tx, Boolean> unit(boolean fails) {
    List<Function<Tx, Boolean>> steps =
        IntStream.range(0, 1 + random.nextInt(5)).mapToObj(i -> step()).toList();
    return tx -> {
      boolean ordered = false;
      for (Function<Tx, Boolean> step : steps) {
        ordered |= step.apply(tx);
      }
      assertEquals(ordered, tx.hasOrdered());
      if (fails) {
        throw new OnPurpose(seen(tx));
      }
      return true;
    };
  }

  /** Does something to the rows, or looks at them; returns whether somebody has to be woken. */
  private Function<Tx, Boolean> step() {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    int number = 1 + random.nextInt(3);
    int value = random.nextInt(1_000);
    return switch (random.nextInt(7)) {
      case 0 -> quietly(tx -> tx.keepNote(name, "v" + value));
      case 1 -> quietly(tx -> tx.dropNote(name));
      case 2 ->
          quietly(
              tx ->
                  tx.people()
                      .remember(Profile.member(new Person(person(number), "n" + value)), NOON));
      case 3 -> quietly(tx -> tx.incidents().save(incident(number, value)));
      case 4 ->
          quietly(
              tx ->
                  tx.timeline()
                      .append(
                          stream(number),
                          NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), "n" + value),
                          NOON));
      case 5 -> quietly(RememberedRowsTest::seen);
      default ->
          tx -> {
            tx.timers().set(new Timer("kind", name, Optional.empty(), NOON, Map.of()));
            return true;
          };
    };
  }

  private static Function<Tx, Boolean> quietly(Consumer<Tx> work) {
    return tx -> {
      work.accept(tx);
      return false;
    };
  }

  /** Rooms are few, so that two incidents want the same one now and then, which is refused. */
  private static Incident incident(int number, int value) {
    IncidentEvent.Declared declared =
        new IncidentEvent.Declared(
            new IncidentId(number),
            "title " + value,
            Severity.SEV2,
            List.of(),
            false,
            false,
            Optional.empty());
    Incident incident = IncidentHistory.begin(declared, new Actor.Bot(), NOON);
    if (value % 3 == 0) {
      return incident;
    }
    Space space = new Space(room(value % 4), "name", "");
    return IncidentHistory.after(
        incident, new IncidentEvent.SpaceOpened(space), new Actor.Bot(), NOON);
  }

  private static String seen(Tx tx) {
    StringBuilder seen = new StringBuilder();
    for (String name : NAMES) {
      seen.append(name).append(tx.note(name)).append(tx.notes(name, 1)).append('\n');
    }
    for (int i = 0; i <= 4; i++) {
      seen.append(tx.people().find(person(i)))
          .append(tx.incidents().livingIn(room(i)).map(Incident::id))
          .append(tx.incidents().find(new IncidentId(i + 1)).map(Incident::title))
          .append(tx.timeline().lastSeq(stream(i + 1)))
          .append('\n');
    }
    return seen.append(tx.notes("", 1)).toString();
  }
}
