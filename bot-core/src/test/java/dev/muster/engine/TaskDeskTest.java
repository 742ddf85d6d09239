// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.postmortem.Postmortem;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskDeskTest extends AdaAndLi {

  private void declared() {
    room.declares(ada, "declare! Checkout is down");
  }

  private ShownMessage card(int number) {
    return room.world().messages(room.channel()).stream()
        .filter(message -> message.words().startsWith("INC-1 task #" + number))
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  private String last(Person who) {
    List<String> told = room.told(who);
    return told.get(told.size() - 1);
  }

  private List<String> facts(EntryKind kind) {
    return room.engine().texts(IncidentRoom.ID, kind);
  }

  @Test
  void task_takenAndFinishedByButton_isOneCardThatSaysSo() {
    declared();
    room.commands(ada, "task restart the queue");
    room.restart();
    room.presses(li, "Take task #1");

    assertTrue(card(1).words().contains("li"), card(1).words());
    assertTrue(room.incident().members().contains(li.ref()));
    assertFalse(room.shows("Take task #1"));
    room.commands(ada, "task take 1");
    assertTrue(last(ada).contains("li has task #1 already."), last(ada));
    room.restart();
    room.presses(ada, "Finish task #1");
    assertTrue(card(1).words().contains("done"), card(1).words());
    assertEquals(List.of(), card(1).tokens());
    assertEquals(1, room.lines().stream().filter(l -> l.startsWith("INC-1 task #1")).count());
    assertEquals(List.of("#1 restart the queue"), facts(EntryKind.TASK_DONE));
    room.commands(li, "task done 1");
    assertEquals("Task #1 is done already.", last(li));
    assertEquals(1, facts(EntryKind.TASK_DONE).size());
  }

  @Test
  void task_givenOn_tellsWhoeverGetsIt() {
    declared();
    room.commands(ada, "task look at the queue " + IncidentRoom.mention(li));
    assertTrue(last(li).contains("ada gave you task #1 of INC-1"), last(li));
    room.commands(li, "task give 1 nobody");
    assertEquals(
        List.of("#1 look at the queue: Nobody has it any more."), facts(EntryKind.TASK_RELEASED));
    room.presses(ada, "Take task #1");
    room.commands(ada, "task give 1 me");
    assertEquals("You have task #1 already.", last(ada));
    room.commands(li, "task give 1 me");
    assertTrue(card(1).words().contains("li"), card(1).words());
    assertEquals(2, facts(EntryKind.TASK_ASSIGNED).size());
  }

  @Test
  void task_markedByACheckMark_isDone() {
    declared();
    room.commands(ada, "task restart the queue");
    room.hears(
        new ChatEvent.ReactionAdded(
            room.now(), Profile.member(li), card(1).ref(), "white_check_mark"));

    assertEquals(List.of("#1 restart the queue"), facts(EntryKind.TASK_DONE));
  }

  @Test
  void tasks_leftOpen_areSaidAtTheEnd() {
    declared();
    room.commands(ada, "task restart the queue");
    room.commands(ada, "task tell the vendor " + IncidentRoom.mention(li));
    room.commands(ada, "task done 1");
    room.commands(ada, "resolve it moves");
    assertTrue(
        last(ada).contains("INC-1 is resolved with open tasks: #2 tell the vendor (li)"),
        last(ada));
    room.commands(ada, "close");
    assertFalse(room.shows("Finish task #2"));
    room.commands(li, "task done 2");
    assertTrue(room.told(li).stream().anyMatch(line -> line.contains("INC-1 is already closed")));
    room.commands(ada, "reopen it stands again");
    assertTrue(room.shows("Finish task #2"));
    String postmortem = postmortem();
    assertTrue(
        postmortem.contains("Task #2 “tell the vendor” was still open at the end."), postmortem);
    assertTrue(postmortem.contains("finished a task: “restart the queue”"), postmortem);
  }

  private String postmortem() {
    return Postmortem.of(room.incident(), room.engine().entries(IncidentRoom.ID), room.now())
        .sections()
        .toString();
  }

  @Test
  void task_ofAPrivateIncident_isGivenToMembersAlone() {
    room.declares(ada, "declare! A leak --private");
    room.commands(ada, "task look at the log " + IncidentRoom.mention(li));

    assertTrue(last(ada).contains("Invite them first: /incident invite @li"), last(ada));
    assertEquals(List.of(), facts(EntryKind.TASK_ADDED));
    assertEquals(List.of(), room.told(li));
    room.commands(ada, "task look at the log");
    room.commands(ada, "task give 1 " + IncidentRoom.mention(li));
    assertTrue(last(ada).contains("li is not in INC-1"), last(ada));
    assertEquals(List.of(), room.told(li));
  }
}
