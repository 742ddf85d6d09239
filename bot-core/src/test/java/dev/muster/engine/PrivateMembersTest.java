// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.incident.Role;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever is out of the channel of a private incident is out of the incident. */
class PrivateMembersTest extends AdaAndLi {

  private void declared(String words) {
    room.declares(ada, words);
    room.commands(ada, "invite " + IncidentRoom.mention(li));
    room.commands(ada, "role scribe " + IncidentRoom.mention(li));
  }

  private void leaves(Person who) {
    room.hears(new ChatEvent.MemberLeft(room.now(), Profile.member(who), room.channel()));
  }

  private boolean sees(Person who) {
    return room.incident().visibleTo(Optional.of(who.ref()));
  }

  @Test
  void leaver_ofAPrivateIncident_seesItNoMoreUntilInvitedAgain() {
    declared("declare! --private Somebody reads our mail");
    assertTrue(sees(li));

    leaves(li);
    leaves(li);

    assertFalse(sees(li));
    assertTrue(room.incident().holder(Role.SCRIBE).isEmpty());
    assertEquals(2, room.engine().texts("INC-1", EntryKind.MEMBER_REMOVED).size());
    room.commands(ada, "invite " + IncidentRoom.mention(li));
    assertTrue(sees(li));
  }

  @Test
  void leaver_ofWhomThePlatformDidNotTell_isOutAfterTheNextLook() {
    declared("declare! --private Somebody reads our mail");
    room.pass(Duration.ofMinutes(11));
    assertTrue(sees(li));

    room.world().leavesUnheard(li, room.channel());
    room.pass(Duration.ofMinutes(11));

    assertFalse(sees(li));
    assertTrue(sees(ada));
    assertEquals(1, room.engine().texts("INC-1", EntryKind.MEMBER_REMOVED).size());
  }

  @Test
  void commander_leavingTheirPrivateIncident_leavesItVacantAndUnseen() {
    declared("declare! --private Somebody reads our mail");

    leaves(ada);

    assertFalse(sees(ada));
    assertTrue(room.incident().commander().isEmpty());
    assertTrue(room.lines().stream().anyMatch(l -> l.contains("vacant: ada left the channel.")));
  }

  @Test
  void deactivatedPerson_isOutOfPrivateIncidents() {
    declared("declare! --private Somebody reads our mail");

    room.isNow(li, false, false);

    assertFalse(sees(li));
  }

  @Test
  void leaver_ofAPublicIncident_keepsTheirHat() {
    declared("declare! Checkout is down");

    leaves(li);

    assertTrue(room.incident().holder(Role.SCRIBE).isPresent());
    assertEquals(1, room.engine().texts("INC-1", EntryKind.MEMBER_REMOVED).size());
  }

  /** Whoever is on call elsewhere has no channel to come into, and may be told all the same. */
  @Test
  void onCall_whereTheIncidentHasNoChannel_isAMemberBeforeBeingTold() {
    room.close();
    Settings.SeverityRule rule =
        new Settings.SeverityRule(Optional.empty(), Optional.empty(), "default");
    room =
        new IncidentRoom(
            folder, IncidentRoom.asking(rule, List.of(List.of("person:elsewhere:kim"))));
    UserRef kim = new UserRef("elsewhere", "kim");
    room.alerts("Somebody reads our mail");
    assertFalse(room.incident().members().contains(kim), "nobody is made a member of a public one");

    room.commandsAt(ada, room.world().meetingPlace().channel(), "join INC-1");
    room.commands(ada, "commander me");
    room.commands(ada, "private");
    room.commands(ada, "private confirm");
    room.pass(Duration.ofMinutes(3));
    room.commands(ada, "escalate level 1");

    assertTrue(room.incident().visibleTo(Optional.of(kim)), room.timeline());
    List<TimelineEntry> facts = room.engine().entries(IncidentRoom.ID);
    assertTrue(
        facts.stream()
            .anyMatch(
                entry ->
                    entry.kind() == EntryKind.MEMBER_ADDED
                        && entry.reason().equals("asked to help")));
  }
}
