// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Memory;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import dev.muster.store.Directory;
import dev.muster.store.Inbound;
import dev.muster.store.Inbox;
import dev.muster.store.Timers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Deliveries, timers, meanings of buttons, people, message slots, things within an incident. */
abstract class RecordContract extends IncidentContract {

  private static final byte[] RAW = "{\"raw\":true}".getBytes(StandardCharsets.UTF_8);

  private Inbox.Stored put(String key, Inbound body) {
    return write(tx -> tx.inbox().put("web", key, RAW, body, NOON));
  }

  private List<String> waiting(Instant now) {
    return read(tx -> tx.inbox().waiting(now, 10)).stream().map(Inbox.Waiting::id).toList();
  }

  @Test
  public final void inbox_aDelivery_waitsUntilItIsHandled() {
    Inbox.Stored first = put("k1", said("hello"));
    Inbox.Stored second = put("k2", said("world"));

    List<Inbox.Waiting> found = read(tx -> tx.inbox().waiting(NOON, 10));
    assertEquals(new Inbox.Waiting(first.id(), Optional.of(said("hello")), NOON, 0), found.get(0));
    assertEquals(second.id(), found.get(1).id());
    assertEquals(2L, (long) read(tx -> tx.inbox().backlog()));

    change(tx -> tx.inbox().handled(first.id(), new Answer.Accepted()));
    assertEquals(List.of(second.id()), waiting(NOON));
  }

  @Test
  public final void inbox_aRepeat_isRecognisedAndGivenTheStoredAnswer() {
    Inbox.Stored first = put("k1", said("hello"));
    assertFalse(first.repeat());
    assertEquals(new Inbox.Stored(first.id(), true, Optional.empty()), put("k1", said("hello")));

    Answer answer = new Answer.FieldErrors(Map.of("title", "Say what is broken."));
    change(tx -> tx.inbox().handled(first.id(), answer));

    assertEquals(new Inbox.Stored(first.id(), true, Optional.of(answer)), put("k1", said("hello")));
    assertFalse(write(tx -> tx.inbox().put("slack", "k1", RAW, said("x"), NOON)).repeat());
  }

  @Test
  public final void inbox_retryAndPark_keepItBackOrAside() {
    String id = put("k1", said("hello")).id();
    Instant later = NOON.plusSeconds(10);
    change(tx -> tx.inbox().retry(id, later, "threw"));

    assertEquals(List.of(), waiting(NOON));
    assertEquals(List.of(id), waiting(later));
    assertEquals(1, read(tx -> tx.inbox().waiting(later, 10)).get(0).attempts());
    change(tx -> tx.inbox().park(id, "threw again"));
    assertEquals(List.of(), waiting(later));
    assertEquals(0L, (long) read(tx -> tx.inbox().backlog()));
  }

  @Test
  public final void inbox_again_letsWhatWasHandledWaitOnceMoreAndNothingElse() {
    String handled = put("k1", said("a")).id();
    String aside = put("k2", said("b")).id();
    change(tx -> tx.inbox().handled(handled, new Answer.Accepted()));
    change(tx -> tx.inbox().park(aside, "threw"));
    change(tx -> tx.inbox().again(handled, NOON));
    change(tx -> tx.inbox().again(aside, NOON));

    assertEquals(List.of(handled), waiting(NOON));
    assertEquals(Optional.empty(), read(tx -> tx.inbox().answerOf(handled)));
  }

  @Test
  public final void inbox_forget_erasesOnlyWhatIsHandledAndOld() {
    String handled = put("k1", said("a")).id();
    put("k2", said("b"));
    change(tx -> tx.inbox().handled(handled, new Answer.Accepted()));

    assertEquals(0, (int) write(tx -> tx.inbox().forget(NOON, 10)));
    assertEquals(1, (int) write(tx -> tx.inbox().forget(NOON.plusSeconds(1), 10)));
    assertTrue(put("k2", said("b")).repeat());
    String again = put("k1", said("a")).id();
    String third = put("k3", said("c")).id();
    change(tx -> tx.inbox().handled(again, new Answer.Accepted()));
    change(tx -> tx.inbox().handled(third, new Answer.Accepted()));
    assertEquals(1, (int) write(tx -> tx.inbox().forget(NOON.plusSeconds(1), 1)));
    assertEquals(1, (int) write(tx -> tx.inbox().forget(NOON.plusSeconds(1), 1)));
  }

  @Test
  public final void notes_comeInOrderPageByPage_andCanBeDropped() {
    change(
        tx -> {
          for (String name : List.of("c", "a/2", "b", "a/1")) {
            tx.keepNote("order/" + name, name);
          }
        });

    SortedMap<String, String> page = write(tx -> tx.notes("order/", 2));
    assertEquals(List.of("order/a/1", "order/a/2"), List.copyOf(page.keySet()));
    assertEquals("a/2", page.get("order/a/2"));
    assertEquals("order/b", write(tx -> tx.notes("order/a/2", 1)).firstKey());
    change(tx -> tx.dropNote("order/b"));
    change(tx -> tx.dropNote("order/b"));
    assertEquals(Optional.empty(), write(tx -> tx.note("order/b")));
  }

  @Test
  public final void timers_setAgain_replaces_andDueComesInOrder() {
    Timers.Timer late = timer("escalation", "INC-1", NOON.plusSeconds(60));
    Timers.Timer soon = timer("summary", "INC-1", NOON.plusSeconds(30));
    change(
        tx -> {
          tx.timers().set(timer("escalation", "INC-1", NOON.plusSeconds(5)));
          tx.timers().set(late);
          tx.timers().set(soon);
        });

    assertEquals(List.of(), read(tx -> tx.timers().due(NOON.plusSeconds(29), 10)));
    assertEquals(List.of(soon, late), read(tx -> tx.timers().due(NOON.plusSeconds(60), 10)));
    assertEquals(List.of(soon), read(tx -> tx.timers().due(NOON.plusSeconds(60), 1)));
    assertEquals(Optional.of(soon.due()), read(tx -> tx.timers().nextDue()));
    assertEquals(Optional.of(late), read(tx -> tx.timers().find("escalation", "INC-1")));
  }

  @Test
  public final void timers_cancelled_areGone() {
    change(
        tx -> {
          tx.timers().set(timer("a", "x", NOON));
          tx.timers().set(timer("b", "x", NOON));
          tx.timers().set(new Timers.Timer("c", "y", Optional.empty(), NOON, Map.of("level", "2")));
          tx.timers().cancel("a", "x");
          tx.timers().cancel("never", "set");
          tx.timers().cancelAll(ONE);
        });

    assertEquals(
        List.of("c"),
        read(tx -> tx.timers().due(NOON, 10)).stream().map(Timers.Timer::kind).toList());
    assertEquals(
        Map.of("level", "2"), read(tx -> tx.timers().find("c", "y")).orElseThrow().details());
    change(tx -> tx.timers().cancel("c", "y"));
    assertEquals(Optional.empty(), read(tx -> tx.timers().nextDue()));
  }

  private static Timers.Timer timer(String kind, String subject, Instant due) {
    return new Timers.Timer(kind, subject, Optional.of(ONE), due, Map.of());
  }

  private static ButtonAction action(String token, Use use, String slot, long revision) {
    return new ButtonAction(
        token,
        "ack",
        Optional.of(ONE),
        Map.of("step", "2"),
        use,
        slot,
        revision,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private boolean consume(String token, Person by) {
    return write(tx -> tx.actions().consume(token, by.ref(), NOON));
  }

  @Test
  public final void actions_once_belongsToTheFirstPress() {
    ButtonAction wanted = action("t1", Use.ONCE, "headline", 1);
    change(tx -> tx.actions().put(wanted));
    assertEquals(Optional.of(wanted), read(tx -> tx.actions().find("t1")));

    assertTrue(consume("t1", ANA));
    assertFalse(consume("t1", ANA));
    assertFalse(consume("t1", BEN));

    ButtonAction used = read(tx -> tx.actions().find("t1")).orElseThrow();
    assertEquals(Optional.of(ANA.ref()), used.usedBy());
    assertEquals(Optional.of(NOON), used.usedAt());
    assertFalse(consume("forged", ANA));
    assertEquals(Optional.empty(), read(tx -> tx.actions().find("forged")));
  }

  @Test
  public final void actions_oncePerPerson_eachPersonOnce() {
    change(tx -> tx.actions().put(action("t1", Use.ONCE_PER_PERSON, "", 1)));

    assertTrue(consume("t1", ANA));
    assertFalse(consume("t1", ANA));
    assertTrue(consume("t1", BEN));
  }

  @Test
  public final void actions_repeatedly_alwaysAgain() {
    change(tx -> tx.actions().put(action("t1", Use.REPEATEDLY, "", 1)));

    assertTrue(consume("t1", ANA));
    assertTrue(consume("t1", ANA));
  }

  @Test
  public final void actions_retired_areNoLongerToBeHad() {
    change(
        tx -> {
          tx.actions().put(action("old", Use.ONCE, "headline", 1));
          tx.actions().put(action("new", Use.ONCE, "headline", 2));
          tx.actions().put(action("other", Use.ONCE, "report", 1));
          tx.actions().retire("headline", 2);
        });

    assertFalse(consume("old", ANA));
    assertTrue(consume("new", ANA));
    assertTrue(consume("other", ANA));
    assertTrue(read(tx -> tx.actions().find("old")).orElseThrow().retired());
  }

  @Test
  public final void people_byName_onlyWhenItIsOnePerson() {
    Person otherBen = new Person(new UserRef("web", "u-ben2"), "BEN");
    change(
        tx -> {
          tx.people().remember(Profile.member(ANA), NOON.minusSeconds(9));
          tx.people().remember(Profile.member(ANA), NOON);
          tx.people().remember(Profile.member(BEN), NOON);
          tx.people().remember(Profile.member(otherBen), NOON);
        });

    Directory.Known ana = new Directory.Known(Profile.member(ANA), NOON);
    assertEquals(Optional.of(ana), read(tx -> tx.people().find(ANA.ref())));
    assertEquals(Optional.of(ana), read(tx -> tx.people().byName("web", "aNa")));
    assertEquals(Optional.of(ana), read(tx -> tx.people().byName("web", "U-ANA")));
    assertEquals(Optional.empty(), read(tx -> tx.people().byName("web", "ben")));
    assertEquals(Optional.empty(), read(tx -> tx.people().byName("slack", "ana")));
  }

  @Test
  public final void slots_put_findsTheNewestUntilItIsGone() {
    MessageRef first = new MessageRef(ROOM, "m-1");
    MessageRef second = new MessageRef(ROOM, "m-2");
    change(
        tx -> {
          tx.slots().put("web:inc", "headline", first);
          tx.slots().put("web:inc", "headline", second);
        });

    assertEquals(Optional.of(second), read(tx -> tx.slots().find("web:inc", "headline")));
    change(tx -> tx.slots().remove("web:inc", "headline"));
    assertEquals(Optional.empty(), read(tx -> tx.slots().find("web:inc", "headline")));
  }

  /** A thing within an incident. */
  record Wish(String what, Optional<Instant> by, Mood mood, List<Integer> marks) {}

  /** A closed set that the store knows nothing about. */
  sealed interface Mood {
    /** One case, with a value. */
    record Happy(int much) implements Mood {}

    /** Another, without. */
    record GivenUp() implements Mood {}
  }

  /** Another kind under the same identifiers. */
  record Other(String what) {}

  @Test
  public final void aggregates_saved_comeBackByIncidentAndKind() {
    Wish open = new Wish("sleep", Optional.of(NOON), new Mood.Happy(3), List.of(1, 2));
    Wish done = new Wish("tea", Optional.empty(), new Mood.GivenUp(), List.of());
    change(
        tx -> {
          tx.all(Wish.class).save("w1", ONE, true, done);
          tx.all(Wish.class).save("w2", ONE, true, open);
          tx.all(Wish.class).save("w1", ONE, false, done);
          tx.all(Wish.class).save("w3", TWO, true, open);
          tx.all(Other.class).save("w1", ONE, true, new Other("x"));
        });

    assertEquals(List.of(done, open), read(tx -> tx.all(Wish.class).of(ONE)));
    assertEquals(List.of(open), read(tx -> tx.all(Wish.class).openOf(ONE)));
    assertEquals(Optional.of(done), read(tx -> tx.all(Wish.class).find("w1")));
    assertEquals(Optional.of(new Other("x")), read(tx -> tx.all(Other.class).find("w1")));
    assertEquals(Optional.empty(), read(tx -> tx.all(Wish.class).find("w9")));
  }

  @Test
  public final void memory_tooLong_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> world().memory("web").put(List.of(Memory.Write.of("k".repeat(501), "v"))));
    assertThrows(IllegalArgumentException.class, () -> world().memory("web").scan("", "", 1_001));
  }
}
