// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.QueuedEffect.State;
import dev.muster.effect.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Durable orders: their order, their states, and who may finish them. */
abstract class EffectContract extends TimelineContract {

  private static final Target PLACE = new Target.InIncident(ONE, "web");

  private String add(String lane, String after, Priority priority, String topic) {
    return write(
        tx ->
            tx.effects()
                .add(
                    new NewEffect(
                        new Effect.SetTopic(ONE, "web", topic),
                        lane,
                        priority,
                        Optional.of(ONE),
                        after,
                        NOON)));
  }

  private String add(String lane, String topic) {
    return add(lane, "", Priority.CARDS, topic);
  }

  private String show(String slot, String text) {
    return show(slot, text, Priority.CARDS);
  }

  private String show(String slot, String text, Priority priority) {
    return write(
        tx ->
            tx.effects()
                .add(
                    new NewEffect(
                        new Effect.ShowMessage(PLACE, slot, "", BotMessage.line(text)),
                        "card:" + slot,
                        priority,
                        Optional.of(ONE),
                        "",
                        NOON)));
  }

  private List<QueuedEffect> claim(Instant now, int limit) {
    return write(tx -> tx.effects().claim(now, limit));
  }

  private List<String> claimed(int limit) {
    return claim(NOON, limit).stream().map(QueuedEffect::id).toList();
  }

  private boolean done(String id, int attempt) {
    return write(tx -> tx.effects().done(id, attempt, "ok"));
  }

  private State state(String id) {
    return read(tx -> tx.effects().find(id)).orElseThrow().state();
  }

  @Test
  public final void claim_anOrder_marksItSendingWithItsAttempt() {
    String id = add("a", "topic");

    QueuedEffect claimed = claim(NOON, 5).get(0);

    assertEquals(id, claimed.id());
    assertEquals(new Effect.SetTopic(ONE, "web", "topic"), claimed.effect());
    assertEquals(State.SENDING, claimed.state());
    assertEquals(1, claimed.attempt());
    assertEquals(Optional.of(NOON), claimed.firstTriedAt());
    assertEquals(Optional.of(claimed), read(tx -> tx.effects().find(id)));
    assertEquals(List.of(), claimed(5));
  }

  @Test
  public final void claim_oneLane_isCarriedOutInTheOrderWritten() {
    String first = add("a", "1");
    String second = add("a", "2");
    String third = add("a", "3");

    assertEquals(List.of(first), claimed(5));
    assertEquals(List.of(), claimed(5));
    assertTrue(done(first, 1));
    assertEquals(List.of(second), claimed(5));
    assertTrue(did(tx -> tx.effects().failed(second, 1, "no")));
    assertEquals(List.of(third), claimed(5));
    assertEquals(State.FAILED, state(second));
  }

  @Test
  public final void claim_severalLanes_goesByPriorityThenAge() {
    String cards = add("a", "", Priority.CARDS, "1");
    String background = add("b", "", Priority.BACKGROUND, "2");
    String people = add("c", "", Priority.PEOPLE, "3");
    String later = add("d", "", Priority.PEOPLE, "4");

    assertEquals(List.of(people, later, cards), claimed(3));
    assertEquals(List.of(background), claimed(3));
  }

  @Test
  public final void claimOwn_takesWhatTheUnitAddedAndIsRunnable() {
    String older = add("a", "", Priority.PEOPLE, "1");
    List<String> own =
        write(
                tx -> {
                  for (String lane : List.of("a", "b", "c", "c")) {
                    tx.effects()
                        .add(
                            new NewEffect(
                                new Effect.SetTopic(ONE, "web", lane),
                                lane,
                                Priority.CARDS,
                                Optional.of(ONE),
                                lane.equals("c") ? "b" : "",
                                NOON));
                  }
                  return tx.effects().claimOwn(NOON, 5, Priority.BACKGROUND);
                })
            .stream()
            .map(QueuedEffect::lane)
            .toList();

    assertEquals(List.of("b"), own, "a waits for an older one, c for b");
    assertEquals(List.of(), write(tx -> tx.effects().claimOwn(NOON, 5, Priority.BACKGROUND)));
    assertEquals(List.of(older), claimed(5));
  }

  @Test
  public final void claim_afterALane_waitsForWhatWasWrittenBefore() {
    String channel = add("channel", "open");
    String post = add("post", "channel", Priority.PEOPLE, "post");
    String lateInChannel = add("channel", "rename");

    assertEquals(List.of(channel), claimed(5));
    assertTrue(done(channel, 1));

    assertEquals(List.of(post, lateInChannel), claimed(5));
  }

  @Test
  public final void claim_notYetDue_waits() {
    String id = add("a", "1");
    claim(NOON, 1);
    Instant later = NOON.plusSeconds(30);
    assertTrue(did(tx -> tx.effects().retry(id, 1, later, "busy")));

    assertEquals(State.PENDING, state(id));
    assertEquals(List.of(), claimed(5));
    assertEquals(Optional.of(later), read(tx -> tx.effects().nextDue()));
    QueuedEffect again = claim(later, 5).get(0);
    assertEquals(2, again.attempt());
    assertEquals(Optional.of(NOON), again.firstTriedAt());
  }

  @Test
  public final void putOff_order_countsNeitherTheAttemptNorTheTime() {
    String id = add("a", "1");
    claim(NOON, 1);
    Instant later = NOON.plusSeconds(30);
    assertTrue(did(tx -> tx.effects().putOff(id, 1, false, later, "kept back")));

    assertEquals(State.PENDING, state(id));
    assertEquals(List.of(), claimed(5));
    QueuedEffect begun = claim(later, 5).get(0);
    assertEquals(1, begun.attempt());
    assertEquals(Optional.of(later), begun.firstTriedAt());

    assertFalse(did(tx -> tx.effects().putOff(id, 2, false, later, "late")));
    assertTrue(did(tx -> tx.effects().unknown(id, 1, later, "no reply")));
    claim(later, 1);
    assertTrue(did(tx -> tx.effects().putOff(id, 2, true, later, "kept back")));

    assertEquals(State.UNKNOWN, state(id));
    QueuedEffect again = claim(later, 1).get(0);
    assertEquals(2, again.attempt());
    assertEquals(Optional.of(later), again.firstTriedAt());
  }

  @Test
  public final void unknown_order_holdsUpOnlyItsOwnLane() {
    String doubtful = add("a", "1");
    String behind = add("a", "2");
    claim(NOON, 1);
    Instant later = NOON.plusSeconds(5);
    assertTrue(did(tx -> tx.effects().unknown(doubtful, 1, later, "no reply")));
    String other = add("b", "3");

    assertEquals(List.of(other), claimed(5));
    assertEquals(State.UNKNOWN, state(doubtful));
    assertEquals(doubtful, claim(later, 5).get(0).id());
    assertTrue(done(doubtful, 2));
    assertEquals(List.of(behind), claimed(5));
  }

  @Test
  public final void finishing_withAnOldAttempt_isRefused() {
    String id = add("a", "1");
    claim(NOON, 1);
    write(tx -> tx.effects().retry(id, 1, NOON, "again"));
    claim(NOON, 1);

    assertFalse(done(id, 1));
    assertFalse(did(tx -> tx.effects().failed(id, 1, "late")));
    assertFalse(did(tx -> tx.effects().unknown(id, 1, NOON, "late")));
    assertFalse(did(tx -> tx.effects().retry(id, 1, NOON, "late")));
    assertEquals(State.SENDING, state(id));
    assertTrue(done(id, 2));
    assertFalse(done(id, 2));
  }

  @Test
  public final void abandonAttempts_afterACrash_areUnknownAndDueAtOnce() {
    String begun = add("a", "1");
    String waiting = add("b", "2");
    claim(NOON, 1);
    world().crash();

    int abandoned = write(tx -> tx.effects().abandonAttempts(NOON.plusSeconds(60)));

    assertEquals(1, abandoned);
    assertEquals(State.UNKNOWN, state(begun));
    assertEquals(State.PENDING, state(waiting));
    assertEquals(2, claim(NOON.plusSeconds(60), 5).size());
  }

  @Test
  public final void add_aNewerMessageForTheSameSlot_takesThePlaceOfTheUnbegunOne() {
    String old = show("headline", "first");
    String pin =
        write(
            tx ->
                tx.effects()
                    .add(
                        new NewEffect(
                            new Effect.PinMessage(PLACE, "headline"),
                            "pins",
                            Priority.CARDS,
                            Optional.of(ONE),
                            "card:headline",
                            NOON)));
    String other = show("report", "other");
    String newer = show("headline", "second");

    assertEquals(State.SUPERSEDED, state(old));
    assertEquals(List.of(newer, other), claimed(5));
    assertEquals(List.of(), claimed(5));
    assertTrue(done(newer, 1));
    assertEquals(List.of(pin), claimed(5));
  }

  @Test
  public final void add_aNewerMessageWhileTheOlderIsSent_goesBehindIt() {
    String old = show("headline", "first");
    claim(NOON, 1);
    String second = show("headline", "second");
    String third = show("headline", "third");

    assertEquals(State.SENDING, state(old));
    assertEquals(State.SUPERSEDED, state(second));
    assertEquals(List.of(), claimed(5));
    assertTrue(done(old, 1));
    assertEquals(List.of(third), claimed(5));
  }

  @Test
  public final void add_aNewerMessageWhileTheOlderWaitsForItsTurn_takesItsPlaceAndItsTurn() {
    String old = show("headline", "first");
    claim(NOON, 1);
    Instant turn = NOON.plusSeconds(3);
    write(tx -> tx.effects().retry(old, 1, turn, "not its turn"));
    String newer = show("headline", "second");

    assertEquals(State.SUPERSEDED, state(old));
    assertEquals(List.of(), claimed(5));
    QueuedEffect claimed = claim(turn, 5).get(0);
    assertEquals(newer, claimed.id());
    assertEquals(1, claimed.attempt());
  }

  @Test
  public final void add_aMoreUrgentMessageForTheSameSlot_doesNotWaitForTheTurnOfTheOlder() {
    String old = show("headline", "first");
    claim(NOON, 1);
    write(tx -> tx.effects().retry(old, 1, NOON.plusSeconds(3), "not its turn"));
    String newer = show("headline", "second", Priority.PEOPLE);

    assertEquals(State.SUPERSEDED, state(old));
    assertEquals(List.of(newer), claimed(5));
  }

  @Test
  public final void add_aNewerMessageWhileTheOlderIsUnknown_goesBehindIt() {
    String old = show("headline", "first");
    claim(NOON, 1);
    write(tx -> tx.effects().unknown(old, 1, NOON, "no reply"));
    String newer = show("headline", "second");

    QueuedEffect claimed = claim(NOON, 5).get(0);
    assertEquals(old, claimed.id());
    assertTrue(claimed.unsure());
    assertEquals(State.PENDING, state(newer));
  }

  @Test
  public final void merge_waitingOrders_areDoneWithTheClaimedOne() {
    String first = show("line/1", "one");
    String second = show("line/2", "two");
    String tried = show("line/3", "three");
    claim(NOON, 1);
    write(tx -> tx.effects().claim(NOON, 2));
    write(tx -> tx.effects().retry(second, 1, NOON.plusSeconds(9), "not its turn"));
    write(tx -> tx.effects().unknown(tried, 1, NOON.plusSeconds(9), "no reply"));
    Effect all = new Effect.ShowMessage(PLACE, "line/1", "", BotMessage.line("one, two"));

    assertTrue(did(tx -> tx.effects().merge(first, 1, all, List.of(second, tried))));

    assertEquals(all, read(tx -> tx.effects().find(first)).orElseThrow().effect());
    assertEquals(State.SUPERSEDED, state(second));
    assertEquals(State.UNKNOWN, state(tried));
    assertFalse(did(tx -> tx.effects().merge(first, 2, all, List.of())));
    assertEquals(1L, (long) read(tx -> tx.effects().underWay()));
    assertTrue(done(first, 1));
  }

  @Test
  public final void claim_downToAPriority_leavesWhatIsLessUrgent() {
    String cards = add("a", "", Priority.CARDS, "1");
    String page = add("b", "", Priority.PAGING, "2");

    assertEquals(Optional.of(NOON), read(tx -> tx.effects().nextDue(Priority.PAGING)));
    assertEquals(
        List.of(page),
        write(tx -> tx.effects().claim(NOON, 5, Priority.PAGING)).stream()
            .map(QueuedEffect::id)
            .toList());
    assertEquals(Optional.empty(), read(tx -> tx.effects().nextDue(Priority.PAGING)));
    assertEquals(List.of(cards), claimed(5));
  }

  @Test
  public final void nextDue_onlyBlockedOrders_areNotCounted() {
    assertEquals(Optional.empty(), read(tx -> tx.effects().nextDue()));
    String first = add("a", "1");
    add("a", "2");
    add("b", "a", Priority.PEOPLE, "3");
    claim(NOON, 5);

    assertEquals(Optional.empty(), read(tx -> tx.effects().nextDue()));
    done(first, 1);
    assertEquals(Optional.of(NOON), read(tx -> tx.effects().nextDue()));
  }

  @Test
  public final void unfinished_andBacklog_countWhatIsStillToDo() {
    String first = add("a", "1");
    String second = add("a", "2");
    assertEquals(2L, (long) read(tx -> tx.effects().backlog()));
    assertEquals(2L, read(tx -> tx.effects().backlogByPriority()).get(Priority.CARDS));
    assertEquals(0L, read(tx -> tx.effects().backlogByPriority()).get(Priority.PEOPLE));
    claim(NOON, 1);
    done(first, 1);

    assertEquals(1L, (long) read(tx -> tx.effects().backlog()));
    assertEquals(
        List.of(second),
        read(tx -> tx.effects().unfinished(ONE)).stream().map(QueuedEffect::id).toList());
    assertEquals(List.of(), read(tx -> tx.effects().unfinished(TWO)));
  }
}
