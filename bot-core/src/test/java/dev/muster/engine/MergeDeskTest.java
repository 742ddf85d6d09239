// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.incident.Actor;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.postmortem.Postmortem;
import dev.muster.store.Tx;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeDeskTest extends AdaAndLi {

  private static final String DUPLICATE = "INC-2";

  private void declaredTwice() {
    room.declares(ada, "declare! Checkout is down");
    room.declares(li, "declare! Nobody can pay sev1");
  }

  private Incident duplicate() {
    return room.engine().incident(DUPLICATE);
  }

  private ChannelRef there() {
    return duplicate().spaceOn(IncidentRoom.CHAT).orElseThrow().channel();
  }

  private void isDuplicate() {
    assertEquals(IncidentStatus.CLOSED, duplicate().status());
    assertEquals(
        Optional.of(room.incident().id()), duplicate().closing().flatMap(Closing::duplicateOf));
  }

  private Moment moment(Tx tx) {
    return new Moment(tx, room.now(), room.engine().settings());
  }

  private boolean isTold(Person who, String words) {
    return room.told(who).stream().anyMatch(line -> line.contains(words));
  }

  private List<TimelineEntry> cameAlong(EntryKind kind) {
    return room.engine().entries(IncidentRoom.ID, kind).stream()
        .filter(entry -> DUPLICATE.equals(entry.data().get("origin")))
        .toList();
  }

  private static long count(List<String> lines, String words) {
    return lines.stream().filter(line -> line.contains(words)).count();
  }

  private MessageRef types(Person who, ChannelRef where, String words) {
    MessageRef said = room.world().types(who, where, Optional.empty(), words);
    room.engine().settle();
    return said;
  }

  @Test
  void merge_ofADuplicate_bringsAllOverOnceThroughARestart() {
    declaredTwice();
    Person sam = room.person("sam");
    room.commandsAt(sam, there(), "subscribe");
    types(sam, there(), "the pool is full");
    room.commandsAt(li, there(), "timeline add the pool has 50 connections");
    room.commandsAt(li, there(), "task widen the pool " + IncidentRoom.mention(li));
    room.commandsAt(li, there(), "task count the connections");
    room.commandsAt(li, there(), "task done 1");
    room.commandsAt(li, there(), "action watch the pool");
    room.commands(ada, "task look at the pool");

    room.world().commands(li, there(), "merge INC-1 it is the same pool");
    room.restart();
    room.engine().settle();

    isDuplicate();
    assertTrue(room.incident().members().contains(li.ref()));
    assertEquals(List.of("the pool is full"), texts(cameAlong(EntryKind.MESSAGE_LOGGED)));
    assertEquals(1, cameAlong(EntryKind.NOTE_ADDED).size());
    assertEquals(
        List.of("#2 count the connections – nobody has it"),
        texts(cameAlong(EntryKind.TASK_ADDED)));
    assertEquals(1, cameAlong(EntryKind.ACTION_ADDED).size());
    TimelineEntry merged = room.engine().entries(IncidentRoom.ID, EntryKind.INCIDENT_MERGED).get(0);
    assertEquals("INC-2 “Nobody can pay” was merged into this one.", merged.text());
    assertEquals("it is the same pool", merged.reason());
    assertEquals(1, count(room.lines(), "li merged INC-2"));
    assertEquals(1, count(room.lines(there()), "INC-2 is a duplicate of INC-1"));
    List<String> announced = room.lines(room.world().meetingPlace().channel());
    assertEquals(1, count(announced, "is closed (duplicate of INC-1)"), "" + announced);
    assertEquals(1, count(announced, "Status of INC-2"), "" + announced);
    assertTrue(
        isTold(li, "Merged INC-2 into INC-1. Came along: 1 person, 1 open task, 1 open action."));
    assertTrue(
        isTold(
            li,
            "INC-2 was SEV1, INC-1 is SEV3; to raise it: /incident INC-1 severity SEV1. To undo"));
    room.commands(ada, "update the pool is wide");
    assertTrue(isTold(sam, "You are subscribed to INC-1"));
    assertTrue(room.lines().get(0).contains("Duplicates"), room.lines().get(0));
    assertEquals(
        List.of("INC-2"),
        room.engine().read(tx -> Merged.duplicates(moment(tx), room.incident().id())));
    String postmortem =
        Postmortem.of(room.incident(), room.engine().entries(IncidentRoom.ID), room.now())
            .sections()
            .toString();
    assertTrue(postmortem.contains("INC-2 “Nobody can pay” was merged into it."), postmortem);
  }

  private static List<String> texts(List<TimelineEntry> entries) {
    return entries.stream().map(TimelineEntry::text).toList();
  }

  @Test
  void whatIsSaidLater_followsUntilTheDuplicateIsReopened() {
    declaredTwice();
    MessageRef gone = types(li, there(), "never mind");
    room.world().deletes(li, gone);
    room.engine().settle();
    room.commandsAt(li, there(), "task widen the pool");
    room.commandsAt(li, there(), "merge INC-1");
    MessageRef said = types(li, there(), "is anybody here");
    room.world().edits(li, said, "is anybody still here");
    room.engine().settle();

    assertEquals(List.of("is anybody here"), texts(cameAlong(EntryKind.MESSAGE_LOGGED)));
    assertEquals(List.of("is anybody still here"), texts(cameAlong(EntryKind.MESSAGE_REVISED)));
    room.commandsAt(li, there(), "task done 1");
    assertTrue(isTold(li, "Task #1 is now #1 of INC-1. Finish it there."));
    room.commandsAt(li, there(), "update all is well");
    assertTrue(isTold(li, "as a duplicate of INC-1. To go on there: /incident status INC-1"));
    room.commandsAt(li, there(), "merge INC-1");
    assertTrue(isTold(li, "INC-2 is closed as a duplicate of INC-1 already."));

    room.commandsAt(li, there(), "reopen it is another matter");
    types(li, there(), "we go on here");

    assertEquals(IncidentStatus.INVESTIGATING, duplicate().status());
    assertEquals(1, cameAlong(EntryKind.MESSAGE_LOGGED).size());
    assertEquals(1, room.engine().entries(IncidentRoom.ID, EntryKind.INCIDENT_SEPARATED).size());
    assertEquals(1, count(room.lines(), "INC-2 is taken up again on its own"));
    assertTrue(room.incident().members().contains(li.ref()));
    room.commandsAt(li, there(), "merge INC-1");
    assertEquals(
        List.of("is anybody here", "we go on here"), texts(cameAlong(EntryKind.MESSAGE_LOGGED)));
    assertEquals(2, room.engine().entries(IncidentRoom.ID, EntryKind.INCIDENT_MERGED).size());
  }

  @Test
  void alertsOfTheDuplicate_goToTheIncidentThatStays() {
    room.close();
    Settings.SeverityRule rule =
        new Settings.SeverityRule(Optional.empty(), Optional.empty(), "default");
    room = new IncidentRoom(folder, IncidentRoom.asking(rule, List.of(List.of("person:Usam"))));
    ada = room.person("ada");
    room.alerts("Checkout is down");
    room.alerts("Nobody can pay");
    room.commandsAt(ada, there(), "merge INC-1");

    assertTrue(isTold(ada, "1 alert"), room.told(ada).toString());
    assertEquals(2, room.engine().read(tx -> tx.alerts().tally(room.incident().id(), 9)).firing());
    assertEquals(1, count(room.lines(there()), "No longer needed"));
    room.pass(Duration.ofMinutes(20));
    room.alerts("Nobody can pay");
    assertEquals(2, room.engine().incidents());
    assertEquals(2, room.engine().entries(IncidentRoom.ID, EntryKind.ALERT_ATTACHED).size());
  }

  @Test
  void moreThanOneDecisionCanCopy_theNewestCameAlong() {
    declaredTwice();
    int said = Merged.MOST + 40;
    IncidentId id = duplicate().id();
    room.engine()
        .write(
            tx -> {
              for (int i = 1; i <= said; i++) {
                Facts.append(
                    moment(tx),
                    id,
                    NewEntry.of(
                            room.now(), EntryKind.MESSAGE_LOGGED, new Actor.Human(li), "no " + i)
                        .about("m" + i));
              }
            });
    room.commandsAt(li, there(), "merge INC-1");

    List<String> came = texts(cameAlong(EntryKind.MESSAGE_LOGGED));
    assertEquals(Merged.MOST, came.size());
    assertEquals("no 41", came.get(0));
    assertEquals("no " + said, came.get(came.size() - 1));
    String merged = room.engine().texts(IncidentRoom.ID, EntryKind.INCIDENT_MERGED).get(0);
    assertTrue(merged.endsWith("40 older entries are on its own timeline alone."), merged);
  }

  @Test
  void merge_withoutAnIncident_offersThoseThatFit() {
    declaredTwice();
    room.declares(ada, "declare! A leak --private");
    room.declares(ada, "declare! Practice --drill");
    room.commandsAt(li, there(), "merge");
    assertTrue(isTold(li, "Which incident is INC-2 “Nobody can pay” a duplicate of?"));
    room.pressesTold(li, "INC-1");

    assertTrue(
        room.questions().stream()
            .anyMatch(q -> q.startsWith("INC-2 closes as a duplicate of INC-1")));
    isDuplicate();
    room.commands(ada, "merge");
    assertTrue(isTold(ada, "No other incident is open that could take INC-1 over."));
  }

  @Test
  void merge_thatCannotBe_saysWhyAndWhatMends() {
    declaredTwice();
    room.declares(ada, "declare! A leak --private");
    room.declares(ada, "declare! Practice --drill");
    room.commandsAt(li, there(), "merge INC-2");
    room.commandsAt(li, there(), "merge INC-3");
    room.commandsAt(li, there(), "merge INC-4");
    room.commands(li, "merge INC-2");
    room.commandsAt(ada, there(), "INC-1 merge INC-3");
    room.commandsAt(ada, there(), "INC-3 merge INC-1");
    room.commandsAt(ada, there(), "INC-1 close duplicate INC-3");

    assertTrue(isTold(li, "An incident cannot be a duplicate of itself."));
    assertTrue(isTold(li, "There is no incident INC-3 that you can see."));
    assertTrue(isTold(li, "INC-4 is a drill and the other is not."));
    assertTrue(isTold(li, "may do this."));
    assertEquals(
        2,
        count(room.told(ada), "INC-3 is private and INC-1 is not: its people would learn of it."));
    assertTrue(isTold(ada, "everybody would read what was said here. Make it public first"));
    assertEquals(0, room.engine().entries(IncidentRoom.ID, EntryKind.INCIDENT_MERGED).size());
    assertEquals(IncidentStatus.INVESTIGATING, duplicate().status());
    assertEquals(IncidentStatus.INVESTIGATING, room.incident().status());
  }

  @Test
  void mergesThatRace_endWithOneThatStays() {
    declaredTwice();
    room.world().commands(ada, room.channel(), "merge INC-2");
    room.world().commands(li, there(), "merge INC-1");
    room.engine().settle();

    assertEquals(IncidentStatus.CLOSED, room.incident().status());
    assertEquals(IncidentStatus.INVESTIGATING, duplicate().status());
    assertTrue(isTold(li, "INC-1 is closed as a duplicate of INC-2; it takes nothing over."));
    room.commandsAt(li, there(), "close duplicate INC-1");
    assertTrue(isTold(li, "INC-1 was closed as a duplicate of INC-2 itself."));
    room.commandsAt(li, there(), "close done");
    assertTrue(duplicate().closing().flatMap(Closing::duplicateOf).isEmpty());
  }

  @Test
  void chainOfDuplicates_isFollowedToItsEnd() {
    declaredTwice();
    room.commands(ada, "merge INC-2");
    room.declares(ada, "declare! The database stands");
    room.commandsAt(li, there(), "merge INC-3");
    types(ada, room.channel(), "hello from the first");

    for (String id : List.of("INC-2", "INC-3")) {
      List<TimelineEntry> heard = room.engine().entries(id, EntryKind.MESSAGE_LOGGED);
      assertEquals(List.of("hello from the first"), texts(heard), id);
      assertEquals("INC-1", heard.get(0).data().get("origin"));
    }
    Person sam = room.person("sam");
    List<ShownMessage> told = room.world().messages(room.channel());
    room.press(sam, told, "Join INC-2");
    assertTrue(room.engine().incident("INC-3").members().contains(sam.ref()));
    room.commandsAt(room.person("kim"), room.world().meetingPlace().channel(), "join INC-1");
    assertTrue(room.engine().incident("INC-3").members().contains(room.person("kim").ref()));
    assertFalse(duplicate().members().contains(sam.ref()));
  }

  @Test
  void privateDuplicate_ofAPrivateIncident_needsTheCommandOfBoth() {
    room.declares(ada, "declare! A leak --private");
    room.declares(li, "declare! Another leak --private");
    room.commandsAt(li, there(), "invite " + IncidentRoom.mention(ada));
    room.commands(ada, "invite " + IncidentRoom.mention(li));
    room.commandsAt(li, there(), "merge INC-1");
    assertTrue(isTold(li, "may do this."));
    assertEquals(IncidentStatus.INVESTIGATING, duplicate().status());

    room.commandsAt(li, there(), "commander nobody");
    room.commandsAt(ada, there(), "merge INC-1");
    isDuplicate();
  }

  @Test
  void whatCameAlready_byAThirdOneOrBackHome_isThereOnce() {
    declaredTwice();
    room.declares(ada, "declare! Third of them");
    ChannelRef third = room.engine().incident("INC-3").spaceOn(IncidentRoom.CHAT).get().channel();
    types(li, there(), "the pool is full");
    room.commandsAt(li, there(), "task widen the pool");
    room.commandsAt(li, there(), "merge INC-3");
    room.commandsAt(li, there(), "reopen it is another matter");
    room.commandsAt(ada, third, "merge INC-1");
    room.commandsAt(li, there(), "merge INC-1");

    assertEquals(List.of("the pool is full"), texts(cameAlong(EntryKind.MESSAGE_LOGGED)));
    room.commandsAt(li, there(), "reopen it is another matter");
    room.commands(ada, "merge INC-2");
    assertEquals(
        List.of("the pool is full"), room.engine().texts(DUPLICATE, EntryKind.MESSAGE_LOGGED));
    room.commandsAt(li, there(), "tasks");
    assertTrue(isTold(li, "1 of 2 tasks of INC-2 are open."), "" + room.told(li));
  }
}
