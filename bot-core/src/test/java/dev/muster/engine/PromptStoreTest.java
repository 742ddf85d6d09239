// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.UnitRoom;
import dev.muster.incident.IncidentId;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a unit of work orders it claims itself; what is rolled back was never claimed. */
class PromptStoreTest {

  private static final IncidentId ONE = new IncidentId(1);

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> said = new ArrayList<>();
  private int places = 3;
  private SqlStore store;
  private PromptStore prompt;
  @TempDir Path folder;

  @BeforeEach
  void open() {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            clock,
            () -> "id-" + ids.incrementAndGet(),
            new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
    prompt = new PromptStore(store, new Claims(clock, () -> null, null), Places::new);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Says what becomes of what was claimed, and what was durable then. */
  private final class Places implements UnitRoom {
    private List<QueuedEffect> taken = List.of();

    @Override
    public int limit() {
      return places;
    }

    @Override
    public Priority least() {
      return Priority.CARDS;
    }

    @Override
    public void take(List<QueuedEffect> claimed) {
      taken = claimed;
      places -= claimed.size();
    }

    @Override
    public void begin() {
      taken.forEach(
          order ->
              said.add(
                  topic(order)
                      + " "
                      + store.read(tx -> tx.effects().find(order.id())).get().state()));
    }

    @Override
    public void free() {
      places += taken.size();
      taken = List.of();
    }
  }

  /** Undoes each unit of work and carries it out once more. */
  private record Redoing(UnitOfWork store) implements UnitOfWork {

    @Override
    public <T> T run(Function<Tx, T> work) {
      assertThrows(
          IllegalStateException.class,
          () ->
              store.run(
                  tx -> {
                    work.apply(tx);
                    throw new IllegalStateException("undone");
                  }));
      return store.run(work);
    }

    @Override
    public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
      return run(work);
    }

    @Override
    public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
      return store.submit(work);
    }

    @Override
    public <T> T read(Function<Tx, T> reading) {
      return store.read(reading);
    }
  }

  private static String topic(QueuedEffect order) {
    return ((Effect.SetTopic) order.effect()).topic();
  }

  private Void order(Tx tx, String topic, Priority priority) {
    Effect effect = new Effect.SetTopic(ONE, "web", topic);
    tx.effects().add(new NewEffect(effect, topic, priority, Optional.of(ONE), "", clock.instant()));
    return null;
  }

  @Test
  void unit_thatOrders_beginsItAfterTheCommitThatHoldsTheAttempt() {
    prompt.run(tx -> order(tx, "mine", Priority.CARDS));

    assertEquals(List.of("mine SENDING"), said);
  }

  @Test
  void unit_thatIsSubmitted_beginsBeforeWhoeverWaitsGoesOn() throws Exception {
    prompt.submit(tx -> order(tx, "mine", Priority.CARDS)).get(60, TimeUnit.SECONDS);

    assertEquals(List.of("mine SENDING"), said);
  }

  @Test
  void unit_claimsNothingOfOthers_andNoMoreThanThereIsRoomFor() {
    store.run(tx -> order(tx, "older", Priority.PEOPLE));

    prompt.run(
        tx -> {
          order(tx, "late", Priority.BACKGROUND);
          order(tx, "a", Priority.CARDS);
          order(tx, "b", Priority.CARDS);
          order(tx, "c", Priority.CARDS);
          return order(tx, "d", Priority.PEOPLE);
        });

    assertEquals(List.of("d SENDING", "a SENDING", "b SENDING"), said);
    assertEquals(0, places);
  }

  @Test
  void unit_thatThrows_givesItsPlacesBackAndLeavesNoAttempt() {
    assertThrows(
        IllegalStateException.class,
        () ->
            prompt.run(
                tx -> {
                  order(tx, "mine", Priority.CARDS);
                  tx.afterCommit(() -> said.add("committed"));
                  throw new IllegalStateException("on purpose");
                }));

    assertEquals(List.of(), said);
    assertEquals(3, places);
  }

  @Test
  void unit_inThePlaceOfOneThatThrew_claimsItsOwnAlone() {
    prompt.run(
        tx -> {
          order(tx, "undone", Priority.CARDS);
          throw new IllegalStateException("on purpose");
        },
        (tx, error) -> order(tx, "instead", Priority.CARDS));

    assertEquals(List.of("instead SENDING"), said);
    assertEquals(2, places);
  }

  /** Another unit of the same commit may throw. */
  @Test
  void unit_undoneAndCarriedOutOnceMore_claimsOnce() {
    List<String> times = new ArrayList<>();
    prompt = new PromptStore(new Redoing(store), new Claims(clock, () -> null, null), Places::new);

    prompt.run(
        tx -> {
          times.add("once");
          return order(tx, "mine", Priority.CARDS);
        });

    assertEquals(2, times.size());
    assertEquals(List.of("mine SENDING"), said);
    assertEquals(2, places);
  }

  @Test
  void unit_thatIsSubmittedWithAnother_beginsWhatCameInItsPlace() throws Exception {
    prompt
        .submit(
            tx -> {
              order(tx, "undone", Priority.CARDS);
              throw new IllegalStateException("on purpose");
            },
            (tx, error) -> order(tx, "instead", Priority.CARDS))
        .get(60, TimeUnit.SECONDS);

    assertEquals(List.of("instead SENDING"), said);
    assertEquals(2, places);
  }

  @Test
  void unit_ofAMachine_doesTheSame() {
    prompt.forMachines().run(tx -> order(tx, "mine", Priority.CARDS));

    assertEquals(List.of("mine SENDING"), said);
  }
}
