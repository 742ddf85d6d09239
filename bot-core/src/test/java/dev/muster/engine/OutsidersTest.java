// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEvent.ChannelChanged.Change;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.timeline.EntryKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Guests, people of other organisations, and strangers in private channels. */
class OutsidersTest extends AdaAndLi {

  private static final String TITLE = "Somebody reads our mail";

  private void joins(Person who, boolean external) {
    room.hears(
        new ChatEvent.MemberJoined(
            room.now(), IncidentRoom.profile(who, external, true), room.channel()));
  }

  private List<Person> inChannel() {
    return room.world().look(room.channel()).orElseThrow().members().stream()
        .map(ref -> new Person(ref, ref.id().substring(1)))
        .toList();
  }

  private long told(Person who, String words) {
    return room.told(who).stream().filter(line -> line.contains(words)).count();
  }

  @Test
  void guestInAPublicChannel_isNoMemberAndIsInvitedNowhere() {
    room.declares(ada, "declare! " + TITLE);
    joins(li, true);
    assertFalse(room.incident().members().contains(li.ref()));
    room.changes(room.channel(), Change.DELETED, "");

    room.presses(ada, "Open a new channel");

    assertEquals(List.of(ada), inChannel());
    assertTrue(room.timeline().contains("li, a guest or somebody of another organisation, came"));
  }

  @Test
  void memberTurnedGuest_isNotInvitedIntoTheNextChannel() {
    room.declares(ada, "declare! " + TITLE);
    joins(li, false);
    assertTrue(room.incident().members().contains(li.ref()));
    room.isNow(li, true, true);
    room.changes(room.channel(), Change.DELETED, "");

    room.presses(ada, "Open a new channel");

    assertEquals(List.of(ada), inChannel());
  }

  @Test
  void guestInAPrivateChannel_isAlarmedOfOnceAndSeesNothingElsewhere() {
    room.declares(ada, "declare! --private " + TITLE);

    joins(li, true);
    joins(li, true);

    assertFalse(room.incident().members().contains(li.ref()));
    assertEquals(1, told(ada, "is in the private channel of INC-1 and is no member of it"));
    assertTrue(room.told(li).isEmpty(), "no word of catching up: " + room.told(li));
  }

  @Test
  void strangersHeardOfByTheLookAlone_areToldOfOnceWithinTenMinutes() {
    room.declares(ada, "declare! --private " + TITLE);
    Person sam = room.person("sam");
    room.isNow(sam, true, true);
    room.world().platform().invite(room.channel(), List.of(li.ref(), sam.ref()));

    room.pass(Duration.ofMinutes(35));

    assertTrue(room.incident().members().contains(li.ref()));
    assertFalse(room.incident().members().contains(sam.ref()));
    assertEquals(1, told(ada, "li is in the private channel of INC-1, brought in by hand"));
    assertEquals(1, told(ada, "sam, a guest or somebody of another organisation, is in"));
    List<String> facts = room.engine().texts(IncidentRoom.ID, EntryKind.CHANNEL_CHANGED);
    assertEquals(2, facts.stream().filter(text -> text.contains("private channel")).count());
    assertEquals(3, room.calls("members"));
  }

  @Test
  void commandOfAPrivateIncident_offeredToAColleagueWhoIsNotInIt_canBeAccepted() {
    room.declares(ada, "declare! --private " + TITLE);

    room.commands(ada, "commander " + IncidentRoom.mention(li));
    room.pressesTold(li, "Accept command");

    assertEquals(li.ref(), room.incident().commander().orElseThrow().ref());
    assertTrue(inChannel().contains(li));
  }

  @Test
  void look_afterARestart_goesOn_andEndsWithTheIncident() {
    room.declares(ada, "declare! --private " + TITLE);
    room.restart();
    room.world().platform().invite(room.channel(), List.of(li.ref()));

    room.pass(Duration.ofMinutes(11));
    assertEquals(1, told(ada, "brought in by hand"));
    room.commands(ada, "resolve all is well");
    room.pass(Duration.ofMinutes(31));

    assertEquals(1, room.calls("members"));
    room.commands(ada, "reopen not at all");
    room.pass(Duration.ofMinutes(11));
    assertEquals(2, room.calls("members"));
  }

  @Test
  void publicIncident_isNeverLookedAtForStrangers() {
    room.declares(ada, "declare! " + TITLE);

    room.pass(Duration.ofMinutes(31));

    assertEquals(0, room.calls("members"));
  }

  @Test
  void privateChannelShared_saysNothingMoreThereUntilTheSharingEnds() {
    room.declares(ada, "declare! --private " + TITLE);
    ChannelRef channel = room.channel();
    room.changes(channel, Change.SHARED, "");
    List<String> before = room.lines();
    assertTrue(before.get(before.size() - 1).contains("Stop writing here"), before.toString());
    assertFalse(before.get(before.size() - 1).contains(TITLE));

    room.commands(ada, "impact everybody's letters");
    room.commands(ada, "title The mail is being read");

    assertEquals(before, room.lines());
    assertEquals(1, told(ada, "INC-1 has no channel"));
    room.changes(channel, Change.UNSHARED, "");
    assertTrue(room.lines().stream().anyMatch(line -> line.contains("The mail is being read")));
  }

  @Test
  void privateChannelShared_newOneIsOpenedForThoseOfTheHouse() {
    room.declares(ada, "declare! --private " + TITLE);
    ChannelRef shared = room.channel();
    room.changes(shared, Change.SHARED, "");

    room.pressesTold(ada, "Open a new channel");

    assertFalse(room.channel().equals(shared));
    assertTrue(room.world().look(room.channel()).orElseThrow().isPrivate());
    assertTrue(room.lines().stream().anyMatch(line -> line.contains(TITLE)));
  }

  @Test
  void outsider_commandAndPress_areRefusedWithAReason() {
    room.declares(ada, "declare! " + TITLE);
    room.isNow(li, true, true);

    room.commands(li, "severity 1");
    room.presses(li, "Resolve INC-1");

    assertEquals("SEV3", room.incident().severity().name());
    assertEquals(ada.ref(), room.incident().commander().orElseThrow().ref());
    assertEquals(2, told(li, "may do this."), room.told(li).toString());
  }

  @Test
  void linkWherePeopleFromOutsideRead_showsOnlyThatItWantsASignIn() {
    room.declares(ada, "declare! " + TITLE);
    MessageRef link = new MessageRef(room.otherChannel("partners"), "M1");
    String url = "http://localhost:8080/incidents/INC-1";
    String nowhere = "http://localhost:8080/incidents/INC-99";

    room.hears(
        new ChatEvent.LinksPosted(
            room.now(), Profile.member(ada), link, List.of(url, nowhere), true));

    for (String each : List.of(url, nowhere)) {
      String card = room.card(link, each).orElseThrow().text();
      assertEquals("This page of Muster can be read after signing in.", card);
    }
    room.changes(link.channel(), Change.UNSHARED, "");
    assertTrue(room.card(link, url).orElseThrow().text().contains(TITLE));
    assertEquals(Optional.empty(), room.card(link, nowhere));
  }
}
