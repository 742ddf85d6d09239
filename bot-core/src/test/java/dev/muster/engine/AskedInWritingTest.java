// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.store.Inbound;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command is handled in the transaction that stores it, and stored alone when that fails. */
class AskedInWritingTest {

  private static final ChannelRef ROOM = new ChannelRef("chat", "c-1");
  private static final UserRef ANA = new UserRef("chat", "ana");
  private static final String NOTE = "asked/";
  private static final Answer NOTICE = new Answer.Notice("It is down already.");

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> handled = new ArrayList<>();
  private boolean broken;
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
    Telemetry counts = new Telemetry();
    pump = new InboxPump(store, clock, () -> null, this::handle, () -> {}, null, counts);
    doors = new ChatDoor(store, clock, pump, counts);
  }

  @AfterEach
  void close() {
    pump.close();
    store.close();
  }

  private String id() {
    return "id-" + ids.incrementAndGet();
  }

  /** Writes before it may throw, so that what is left behind would be seen. */
  private Answer handle(Moment moment, Inbound body) {
    String words = ((ChatEvent.CommandInvoked) ((Inbound.Chat) body).event()).text();
    moment.tx().keepNote(NOTE + words, moment.delivery());
    if (broken) {
      throw new IllegalStateException("on purpose");
    }
    handled.add(words);
    return NOTICE;
  }

  private Receipt.Stored ask(String words) {
    ReplyTo reply = new ReplyTo(ANA, ROOM, Optional.empty(), clock.instant(), Optional.empty());
    ChatEvent.CommandInvoked event =
        new ChatEvent.CommandInvoked(
            clock.instant(),
            Profile.member(new Person(ANA, "Ana")),
            Place.of(ROOM, "room"),
            words,
            Optional.empty(),
            reply,
            Optional.empty());
    return (Receipt.Stored)
        doors.of("chat").accept(new Delivery("c/" + words, event, new byte[0], List.of()));
  }

  private int waiting() {
    return store.read(tx -> tx.inbox().waiting(clock.instant(), 10)).size();
  }

  @Test
  void command_isHandledBeforeItIsAcknowledged_andItsAnswerKept() {
    Receipt.Stored first = ask("status");
    Receipt.Stored again = ask("status");

    assertEquals(List.of("status"), handled);
    assertEquals(NOTICE, first.answer().getNow(null));
    assertFalse(first.repeat());
    assertTrue(again.repeat());
    assertEquals(NOTICE, again.answer().getNow(null));
    assertEquals(0L, (long) store.read(tx -> tx.inbox().backlog()));
  }

  @Test
  void command_whoseHandlingThrows_isStoredAloneAndTriedAgainALittleLater() {
    broken = true;

    Receipt.Stored stored = ask("status");

    assertTrue(stored.answer().isCompletedExceptionally());
    assertEquals(Optional.empty(), store.read(tx -> tx.note(NOTE + "status")));
    assertEquals(0, waiting(), "not at once");
    assertFalse(pump.isToLineUp(), "it holds up nobody's words");
    broken = false;
    clock.advance(Duration.ofSeconds(2));
    pump.takeWaiting();
    assertEquals(List.of("status"), handled);
    assertTrue(ask("status").repeat());
  }

  @Test
  void command_whileWordsWait_waitsForNothing() {
    pump.fallBehind();

    ask("status");

    assertEquals(List.of("status"), handled);
  }
}
