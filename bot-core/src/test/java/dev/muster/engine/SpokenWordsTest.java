// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.Receipt;
import dev.muster.incident.IncidentId;
import dev.muster.store.Inbound;
import dev.muster.store.Timers.Timer;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say is handled as it is stored; what cannot be waits, and nothing overtakes it. */
class SpokenWordsTest {

  private static final ChannelRef ROOM = new ChannelRef("chat", "c-1");
  private static final String NOTE = "said/";

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final Set<String> unspeakable = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
  private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
  private final AtomicInteger wakes = new AtomicInteger();
  private SqlStore store;
  private InboxPump pump;
  private ChatDoor doors;
  @TempDir Path folder;

  @BeforeEach
  void open() {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"), clock, this::id, new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
    started();
  }

  @AfterEach
  void close() {
    pump.close();
    store.close();
  }

  private String id() {
    return "id-" + ids.incrementAndGet();
  }

  /** As a new process: nothing is remembered but what is stored. */
  private void started() {
    Telemetry counts = new Telemetry();
    pump =
        new InboxPump(store, clock, () -> null, this::handle, wakes::incrementAndGet, null, counts);
    doors = new ChatDoor(store, clock, pump, counts);
  }

  /** Writes before it may throw, so that what is left behind would be seen. */
  private Answer handle(Moment moment, Inbound body) {
    ChatEvent event = ((Inbound.Chat) body).event();
    String words =
        event instanceof ChatEvent.MessagePosted said
            ? said.text()
            : ((ChatEvent.CommandInvoked) event).text();
    moment.tx().keepNote(NOTE + words, moment.delivery());
    meanwhile.getOrDefault(words, () -> {}).run();
    if (unspeakable.contains(words)) {
      throw new IllegalStateException("on purpose");
    }
    if (words.equals("remind us")) {
      moment
          .tx()
          .timers()
          .set(new Timer("kind", words, Optional.empty(), clock.instant(), Map.of()));
    }
    handled.add(words);
    return new Answer.Accepted();
  }

  private Receipt.Stored say(String words) {
    return (Receipt.Stored) doors.of("chat").accept(delivery(words));
  }

  private Delivery delivery(String words) {
    ChatEvent.MessagePosted event =
        new ChatEvent.MessagePosted(
            clock.instant(),
            Profile.member(new Person(new UserRef("chat", "ana"), "Ana")),
            Place.of(ROOM, "room"),
            new MessageRef(ROOM, words),
            words,
            Optional.empty(),
            List.of(),
            List.of(),
            false);
    List<Memory.Write> alongside = List.of(Memory.Write.of("seen/" + words, "yes"));
    return new Delivery("m/" + words, event, new byte[0], alongside);
  }

  private long waiting() {
    return store.read(tx -> tx.inbox().backlog());
  }

  private String next() throws InterruptedException {
    return String.valueOf(handled.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void words_areHandledBeforeTheAnswer_andNeverAgain() {
    Receipt.Stored first = say("hello");
    Receipt.Stored again = say("hello");

    assertEquals(List.of("hello"), List.copyOf(handled));
    assertEquals(new Answer.Accepted(), first.answer().getNow(null));
    assertFalse(first.repeat());
    assertTrue(again.repeat());
    assertEquals(first.delivery(), again.delivery());
    assertEquals(new Answer.Accepted(), again.answer().getNow(null));
    assertEquals(0, waiting());
    assertEquals(0, wakes.get(), "nobody has anything to do");
    assertEquals(Optional.of("yes"), store.memory("chat").get("seen/hello"));
  }

  @Test
  void words_forWhichNobodyWaits_areAnsweredAfterTheCommit() {
    CountDownLatch go = new CountDownLatch(1);
    store.submit(tx -> isOpen(go));
    CompletableFuture<Receipt> first = doors.of("chat").acceptSoon(delivery("hello"));
    CompletableFuture<Receipt> again = doors.of("chat").acceptSoon(delivery("hello"));
    assertFalse(first.isDone());
    go.countDown();

    Receipt.Stored stored = (Receipt.Stored) first.join();
    assertFalse(stored.repeat());
    assertEquals(new Answer.Accepted(), stored.answer().getNow(null));
    assertTrue(((Receipt.Stored) again.join()).repeat());
    assertEquals(List.of("hello"), List.copyOf(handled));
  }

  private static boolean isOpen(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void words_forWhichNobodyWaits_whoseHandlingThrows_areStoredAndWait() {
    unspeakable.add("hello");

    Receipt stored = doors.of("chat").acceptSoon(delivery("hello")).join();

    assertFalse(((Receipt.Stored) stored).repeat());
    assertEquals(1, waiting());
    assertEquals(Optional.empty(), store.read(tx -> tx.note(NOTE + "hello")));
  }

  @Test
  void words_forWhichNobodyWaits_thatCannotBeStored_areRefused() {
    store.close();

    Receipt refused = doors.of("chat").acceptSoon(delivery("hello")).join();

    assertEquals(new Receipt.NotStored("store"), refused);
  }

  @Test
  void words_thatSetATimer_wakeWhoeverLooksAfterIt() {
    say("remind us");

    assertEquals(1, wakes.get());
    assertTrue(say("remind us").repeat());
    assertEquals(1, wakes.get());
  }

  @Test
  void words_ofADeliveryThatIsLookedAtAgain_areThere() {
    Receipt.Stored stored = say("hello");

    Inbound.Chat body =
        (Inbound.Chat) store.read(tx -> tx.inbox().body(stored.delivery())).orElseThrow();

    assertEquals("hello", ((ChatEvent.MessagePosted) body.event()).text());
  }

  @Test
  void words_whoseHandlingThrows_areStoredAndWait_andNothingElseIsKept() {
    unspeakable.add("hello");

    Receipt.Stored stored = say("hello");

    assertFalse(stored.repeat());
    assertEquals(1, waiting());
    assertEquals(Optional.empty(), store.read(tx -> tx.note(NOTE + "hello")));
    assertEquals(Optional.of("yes"), store.memory("chat").get("seen/hello"));
    assertTrue(say("hello").repeat());
  }

  @Test
  void words_behindOthersThatWait_areHandledAfterThem() throws InterruptedException {
    unspeakable.add("one");
    say("one");
    unspeakable.clear();

    say("two");
    say("three");
    assertEquals(List.of(), List.copyOf(handled), "nothing is looked after yet");
    pump.start();

    assertEquals(List.of("one", "two", "three"), List.of(next(), next(), next()));
  }

  @Test
  void words_behindThoseThatCameBeforeTheirChannelWasKnown_areHandledAfterThem()
      throws InterruptedException {
    Receipt.Stored early = say("early");
    handled.clear();
    store.run(
        tx -> {
          tx.keepNote(EarlyWords.NOTE + ROOM + "/" + early.delivery(), "" + clock.instant());
          Moment moment = new Moment(tx, clock.instant(), null);
          new EarlyWords(pump::fallBehind, pump::recover).opened(moment, new IncidentId(1), ROOM);
          return true;
        });

    say("later");
    pump.start();

    assertEquals(List.of("early", "later"), List.of(next(), next()));
  }

  @Test
  void words_alreadyInTheQueueWhenThoseBeforeFail_areHandledAfterThem() throws Exception {
    Thread later = new Thread(() -> say("two"));
    unspeakable.add("one");
    meanwhile.put("one", () -> startAndWaitUntilQueued(later));

    say("one");
    later.join();
    unspeakable.clear();
    meanwhile.clear();
    pump.start();

    assertEquals(List.of("one", "two"), List.of(next(), next()));
  }

  /** On the writer's thread, so whoever has come to wait for the writer stands in its queue. */
  private static void startAndWaitUntilQueued(Thread thread) {
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      assertTrue(thread.isAlive());
      Thread.onSpinWait();
    }
  }

  @Test
  void words_afterARestart_areHandledAfterThoseThatWaited() throws InterruptedException {
    unspeakable.add("one");
    say("one");
    unspeakable.clear();
    started();
    pump.start();

    say("two");

    assertEquals(List.of("one", "two"), List.of(next(), next()));
  }

  @Test
  void words_whenNothingWaitsAnyMore_areHandledAtOnceAgain() throws InterruptedException {
    unspeakable.add("one");
    say("one");
    unspeakable.clear();
    pump.start();
    assertEquals("one", next());

    for (int i = 0; pump.isToLineUp(); i++) {
      say("between " + i);
      next();
    }
    handled.clear();
    say("last");

    assertEquals(List.of("last"), List.copyOf(handled));
  }

  @Test
  void words_thatCannotBeHandledForLong_holdNobodyUp() throws InterruptedException {
    unspeakable.add("never");
    pump.start();
    say("never");

    for (int i = 0; pump.isToLineUp(); i++) {
      say("between " + i);
      next();
    }
    say("last");

    assertTrue(handled.contains("last"));
    assertEquals(1, waiting(), "it is tried again later");
  }

  @Test
  void words_whoseFailureCannotBeNoted_areNotTriedAgainAndAgainWithoutABreath() {
    unspeakable.add("one");
    say("one");
    InboxPump onAFullDisk =
        new InboxPump(
            new FullDisk(store), clock, () -> null, this::handle, () -> {}, null, new Telemetry());
    onAFullDisk.fallBehind();

    Optional<Instant> next = onAFullDisk.takeWaiting();

    assertEquals(1, waiting());
    assertEquals(Optional.empty(), next);
  }

  /** Can be read, but takes nothing that would be written without its sender waiting for it. */
  private record FullDisk(UnitOfWork store) implements UnitOfWork {

    @Override
    public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
      return CompletableFuture.failedFuture(new IllegalStateException("the disk is full"));
    }

    @Override
    public <T> T run(Function<Tx, T> work) {
      return store.run(work);
    }

    @Override
    public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
      return store.run(work, instead);
    }

    @Override
    public <T> T read(Function<Tx, T> reading) {
      return store.read(reading);
    }

    @Override
    public UnitOfWork forMachines() {
      return this;
    }
  }

  @Test
  void words_inALongLine_areHandledAsTheyCome() throws InterruptedException {
    unspeakable.add("first");
    say("first");
    for (int i = 1; i < 1_000; i++) {
      say("in line " + i);
    }
    assertEquals(List.of(), List.copyOf(handled));

    say("beyond");

    assertEquals(List.of("beyond"), List.copyOf(handled));
  }
}
