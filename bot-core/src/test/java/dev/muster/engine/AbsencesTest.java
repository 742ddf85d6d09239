// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Role;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who are renamed, become guests, are deactivated or deleted while they are needed. */
class AbsencesTest {

  @TempDir Path folder;
  private IncidentRoom room;
  private Person ada;
  private Person li;

  @AfterEach
  void close() {
    room.close();
  }

  private void begin(String... levels) {
    Settings.SeverityRule rule =
        new Settings.SeverityRule(
            Optional.empty(), Optional.empty(), levels.length == 0 ? "" : "default");
    room =
        new IncidentRoom(
            folder,
            IncidentRoom.asking(
                rule, List.of(levels).stream().map(l -> List.of(l.split(" "))).toList()));
    ada = room.person("ada");
    li = room.person("li");
  }

  private List<String> asked() {
    return room.engine().texts(IncidentRoom.ID, EntryKind.ESCALATION_STARTED);
  }

  private boolean isOnTheTimeline(String words) {
    return room.timeline().contains(words);
  }

  @Test
  void renamedCommander_keepsCommandAndIsHeardUnderTheNewName() {
    begin();
    room.declares(ada, "declare! Checkout is down");

    Person renamed = new Person(ada.ref(), "Ada Lovelace");
    room.isNow(renamed, false, true);
    room.commands(renamed, "update all is known");

    assertEquals(ada.ref(), room.incident().commander().orElseThrow().ref());
    assertTrue(room.lines().stream().anyMatch(l -> l.contains("by Ada Lovelace: all is known")));
    assertTrue(room.engine().texts(IncidentRoom.ID, EntryKind.ROLE_RELEASED).isEmpty());
  }

  @Test
  void deactivatedDeputyAndScribe_vacateBothRolesAndTheCommanderIsAsked() {
    begin();
    room.declares(ada, "declare! Checkout is down");
    room.commands(ada, "role deputy " + IncidentRoom.mention(li));
    room.commands(ada, "role scribe " + IncidentRoom.mention(li));

    room.isNow(li, false, false);
    room.isNow(li, false, false);

    assertTrue(room.incident().holder(Role.DEPUTY).isEmpty());
    assertTrue(room.incident().holder(Role.SCRIBE).isEmpty());
    List<String> told =
        room.told(ada).stream().filter(line -> line.contains("has no role in INC-1")).toList();
    assertEquals(1, told.size(), told.toString());
  }

  @Test
  void commanderTurnedGuest_vacatesCommandAndMayNotTakeItBack() {
    begin();
    room.declares(ada, "declare! Checkout is down");

    room.isNow(ada, true, true);
    room.commands(ada, "commander me");

    assertTrue(room.incident().commander().isEmpty());
    assertTrue(isOnTheTimeline("ada was refused: commander"));
  }

  @Test
  void levelOfDeactivatedPeople_isSkippedWithANoteAndTheNextIsAskedAtOnce() {
    begin("person:Usam", "person:Uli");
    room.isNow(room.person("sam"), false, false);

    room.alerts("Checkout is down");

    assertEquals(List.of("Asked @Uli."), asked());
    assertTrue(isOnTheTimeline("Not asked: @sam (deactivated)."));
    assertTrue(room.told(room.person("sam")).isEmpty());
    assertEquals(1, room.told(li).size());
  }

  @Test
  void escalateButton_whenNobodyCanBeReached_saysSoAndNamesTheOneAfterThem() {
    begin("person:Usam", "person:Uli");
    room.isNow(room.person("sam"), false, false);
    room.declares(ada, "declare! Checkout is down");
    List<String> before = List.copyOf(room.questions());

    room.isNow(li, false, false);
    room.commands(ada, "severity 1 all of it");

    assertTrue(before.contains("Asked at once: @Uli."), before::toString);
    List<String> now = room.questions();
    assertEquals(
        "Asked at once: the channel, because nobody on call can be reached.",
        now.stream().filter(q -> q.startsWith("Asked at once")).reduce((a, b) -> b).orElseThrow(),
        now::toString);
  }

  @Test
  void guestBesideAColleague_isLeftOutOfTheAsking() {
    begin("person:Usam person:Uli");
    room.isNow(room.person("sam"), true, true);

    room.alerts("Checkout is down");

    assertEquals(List.of("Asked @Uli."), asked());
    assertTrue(isOnTheTimeline("Not asked: @sam (a guest, who may not take it on)."));
  }

  @Test
  void everybodyGone_saysNobodyWasReachableAndPagesNobody() {
    begin("person:Usam", "person:Uli");
    room.isNow(room.person("sam"), false, false);
    room.isNow(li, false, false);

    room.alerts("Checkout is down");

    assertEquals(List.of(), asked());
    List<String> over = room.engine().texts(IncidentRoom.ID, EntryKind.ESCALATION_EXHAUSTED);
    assertEquals(
        List.of("Nobody was reachable: not asked were @sam (deactivated), @li (deactivated)."),
        over);
    assertTrue(room.lines().stream().anyMatch(line -> line.contains("Nobody was reachable")));
    assertTrue(room.told(li).isEmpty());
    room.pass(Duration.ofMinutes(30));
    assertEquals(1, room.engine().texts(IncidentRoom.ID, EntryKind.ESCALATION_EXHAUSTED).size());
  }

  @Test
  void deletedPersonNobodyHeardOf_refusedByThePlatform_nextLevelIsAskedAtOnce() {
    begin("person:U0nobody", "person:Uli");
    room.refuseToTell(new UserRef(IncidentRoom.CHAT, "U0nobody"));

    room.alerts("Checkout is down");

    assertEquals(List.of("Asked @U0nobody.", "Asked @Uli."), asked());
    assertTrue(isOnTheTimeline("Could not reach @U0nobody: users_not_found."));
    assertEquals(1, room.told(li).size());
  }

  @Test
  void lastLevelRefusedByThePlatform_saysNobodyWasReachable() {
    begin("person:U0nobody");
    room.refuseToTell(new UserRef(IncidentRoom.CHAT, "U0nobody"));

    room.alerts("Checkout is down");

    assertTrue(isOnTheTimeline("Nobody was reachable: the last that was asked is @U0nobody"));
  }

  @Test
  void colleagueOfSomebodyGone_keepsTheLevelWaiting() {
    begin("person:U0nobody person:Uli", "person:Usam");
    room.refuseToTell(new UserRef(IncidentRoom.CHAT, "U0nobody"));

    room.alerts("Checkout is down");

    assertEquals(1, asked().size());
    assertFalse(isOnTheTimeline("Nobody was reachable"));
  }

  @Test
  void namedPage_toSomebodyGone_isRefusedWithTheReason() {
    begin();
    room.declares(ada, "declare! Checkout is down");
    room.isNow(li, false, false);

    room.commands(ada, "escalate " + IncidentRoom.mention(li));

    assertEquals(List.of(), asked());
    String told = room.told(ada).toString();
    assertTrue(told.contains("no longer active"), told + room.timeline());
  }
}
