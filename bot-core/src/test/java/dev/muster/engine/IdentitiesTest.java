// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static dev.muster.engine.TwoChats.BLUE;
import static dev.muster.engine.TwoChats.ID;
import static dev.muster.engine.TwoChats.RED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.spi.Delivery;
import dev.muster.incident.Role;
import dev.muster.testkit.SettingsDraft;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ada is on both chats, under one name and two identities. */
class IdentitiesTest {

  @TempDir Path folder;
  private TwoChats chats;
  private Person ada;
  private Person adaToo;
  private Person li;
  private Person root;

  @BeforeEach
  void open() {
    chats = new TwoChats(folder, IdentitiesTest::settings);
    ada = chats.person(RED, "ada");
    adaToo = chats.person(BLUE, "ada");
    li = chats.person(BLUE, "li");
    root = chats.person(RED, "root");
  }

  @AfterEach
  void close() {
    chats.close();
  }

  private static Settings settings(Settings now) {
    return SettingsDraft.of(now)
        .everywhere()
        .rollback(false)
        .access(
            new AccessRules(
                Level.APPROVER,
                Map.of(),
                List.of(),
                List.of(),
                List.of("red:Uroot", "red:Uada", "blue:Uops")))
        .done();
  }

  private void link() {
    chats.declares(root, "link-person red:Uada blue:Uada");
    assertFalse(isOne(ada, adaToo));
    chats.pressesTold(root, "Link them");
    assertTrue(isOne(ada, adaToo));
  }

  private boolean isOne(Person one, Person other) {
    return chats.engine().read(tx -> Identities.same(tx, one.ref(), other.ref()));
  }

  private int entries(EntryKind kind) {
    return chats.engine().entries(ID, kind).size();
  }

  @Test
  void approval_byTheOtherIdentity_doesNotCount() {
    link();
    chats.declares(ada, "declare! checkout is down");
    chats.commands(ada, "rollback");
    chats.presses(adaToo, "Approve");
    assertEquals(0, entries(EntryKind.STEP_APPROVED));
    assertTrue(last(adaToo).contains("somebody else must approve"), last(adaToo));

    chats.presses(li, "Approve");
    assertEquals(1, entries(EntryKind.STEP_APPROVED));
    assertFalse(chats.shows(RED, "Approve"));
    assertFalse(chats.shows(BLUE, "Approve"));
  }

  @Test
  void postmortem_writtenUnderOneIdentity_isOnesOwnUnderTheOther() {
    link();
    chats.declares(li, "declare! checkout is down");
    chats.commands(li, "close completed");
    chats.commands(ada, "postmortem edit summary Ours");
    chats.commands(adaToo, "postmortem edit summary Ours, better");
    assertEquals(2, entries(EntryKind.POSTMORTEM_EDITED));

    chats.commands(adaToo, "postmortem publish");
    chats.pressesTold(adaToo, "Publish postmortem");
    assertEquals(1, entries(EntryKind.POSTMORTEM_PUBLISHED));
  }

  @Test
  void sameName_linksNobody() {
    chats.declares(ada, "declare! checkout is down");
    chats.commands(ada, "rollback");
    assertFalse(isOne(ada, adaToo));
    chats.presses(adaToo, "Approve");
    assertEquals(1, entries(EntryKind.STEP_APPROVED));
  }

  @Test
  void link_isForAdmins_toldFirst_andWrittenDown() {
    chats.declares(li, "link-person red:Uada blue:Uli confirm");
    assertTrue(last(li).contains("an admin"), last(li));
    chats.declares(root, "link-person Ada blue:Uada");
    assertTrue(last(root).contains("A name does not say"), last(root));
    chats.declares(root, "link-person red:Uada blue:Unobody");
    assertTrue(last(root).contains("I do not know “blue:Unobody”"), last(root));
    link();
    assertEquals(
        List.of("ada (red) and ada (blue) are one person."),
        chats.engine().journal(EntryKind.PEOPLE_LINKED).stream().map(e -> e.text()).toList());

    chats.declares(root, "link-person me blue:Uli confirm");
    assertTrue(last(root).contains("Nobody links or parts their own"), last(root));
    chats.declares(root, "link-person red:Uada blue:Uli confirm");
    assertTrue(last(root).contains("one identity on each platform"), last(root));
    assertFalse(isOne(ada, li));
  }

  @Test
  void unlink_ofOwnIdentities_isRefused_andByAnotherAdminHolds() {
    link();
    chats.declares(ada, "unlink-person blue:Uada confirm");
    assertTrue(last(ada).contains("Nobody links or parts their own identities"), last(ada));
    assertTrue(isOne(ada, adaToo));

    chats.declares(root, "unlink-person blue:Uada");
    chats.pressesTold(root, "Part them");
    assertFalse(isOne(ada, adaToo));
    assertEquals(1, chats.engine().journal(EntryKind.PEOPLE_PARTED).size());
    tells(profile(ada, "ada@example.org"));
    tells(profile(adaToo, "ada@example.org"));
    assertFalse(isOne(ada, adaToo), "an address does not undo what an admin said");
  }

  @Test
  void hats_areWornByThePerson() {
    link();
    chats.declares(ada, "declare! checkout is down sev3");
    chats.commands(adaToo, "severity 4 it is small");
    assertEquals("SEV4", chats.incident().severity().toString());
    chats.commands(adaToo, "list mine");
    assertTrue(last(adaToo).contains("INC-1"), last(adaToo));
    chats.commands(adaToo, "commander me");
    assertEquals(adaToo, chats.incident().holder(Role.COMMANDER).orElseThrow());
    assertTrue(
        chats.world(BLUE).look(chats.channel(BLUE)).orElseThrow().members().contains(adaToo.ref()));
  }

  @Test
  void call_ofOneIdentity_waitsForThePerson() {
    link();
    chats.declares(li, "declare! checkout is down");
    chats.commands(li, "page <@blue:Uada> look at the queue");
    List<HomeCalls.Waiting> waiting =
        chats
            .engine()
            .read(
                tx ->
                    HomeCalls.waiting(
                        new Moment(tx, chats.now(), chats.engine().settings()),
                        ada.ref(),
                        List.of(chats.incident())));
    assertEquals(1, waiting.size(), waiting.toString());
  }

  @Test
  void commander_whoLeavesOneOfTwoPrivateChannels_staysInCommand() {
    link();
    chats.declares(ada, "declare! payroll leaked --private");
    leaves(ada);
    assertFalse(chats.incident().members().contains(ada.ref()));
    assertTrue(chats.incident().members().contains(adaToo.ref()));
    assertTrue(chats.incident().commander().isPresent());
    leaves(adaToo);
    assertFalse(chats.incident().members().contains(adaToo.ref()));
    assertTrue(chats.incident().commander().isEmpty());
  }

  private void leaves(Person who) {
    String platform = who.ref().platform();
    ChatEvent left =
        new ChatEvent.MemberLeft(chats.now(), Profile.member(who), chats.channel(platform));
    chats.engine().inboxOf(platform).accept(Delivery.of("left/" + who, left));
    chats.engine().settle();
  }

  @Test
  void privateIncident_isSeenByThePerson_untilParted() {
    link();
    chats.declares(ada, "declare! payroll leaked --private");
    assertTrue(chats.space(BLUE).isPresent());
    assertTrue(chats.world(BLUE).sees(adaToo, chats.channel(BLUE)));
    assertFalse(chats.world(BLUE).sees(li, chats.channel(BLUE)));
    assertTrue(chats.incident().members().contains(adaToo.ref()));

    chats.declares(root, "unlink-person red:Uada confirm");
    assertFalse(chats.incident().members().contains(adaToo.ref()));
    assertTrue(chats.incident().members().contains(ada.ref()));
  }

  @Test
  void link_bringsThePersonIntoTheirPrivateIncidents() {
    chats.declares(ada, "declare! payroll leaked --private");
    assertFalse(chats.incident().visibleTo(Optional.of(adaToo.ref())));
    link();
    assertTrue(chats.incident().visibleTo(Optional.of(adaToo.ref())));
  }

  @Test
  void address_thatBothPlatformsVouchFor_links() {
    tells(profile(ada, "Ada@Example.org"));
    assertFalse(isOne(ada, adaToo));
    tells(profile(adaToo, "ada@example.org"));
    assertTrue(isOne(ada, adaToo));

    tells(profile(adaToo, "other@example.org"));
    assertTrue(isOne(ada, adaToo), "a link stays when the address changes");
    tells(profile(li, "ada@example.org"));
    assertFalse(isOne(ada, li), "one identity on each platform");
    assertEquals(1, chats.engine().journal(EntryKind.PEOPLE_UNCLEAR).size());
  }

  @Test
  void address_ofAGuestOrAProgram_linksNobody() {
    tells(profile(ada, "ada@example.org"));
    tells(new Profile(adaToo, Optional.of("ada@example.org"), Optional.empty(), false, true, true));
    tells(new Profile(li, Optional.of("ada@example.org"), Optional.empty(), true, false, true));
    assertFalse(isOne(ada, adaToo));
    assertFalse(isOne(ada, li));
  }

  @Test
  void identity_nobodyMet_isLookedUpFirst() {
    chats.person(BLUE, "max");
    chats.declares(root, "link-person red:Uada blue:Umax");
    assertTrue(last(root).contains("max (blue) would be one person"), last(root));
  }

  private static Profile profile(Person who, String address) {
    return new Profile(who, Optional.of(address), Optional.empty(), false, false, true);
  }

  private void tells(Profile profile) {
    String platform = profile.person().ref().platform();
    ChatEvent event = new ChatEvent.PersonChanged(chats.now(), profile);
    chats.engine().inboxOf(platform).accept(Delivery.of("changed/" + profile, event));
    chats.engine().settle();
  }

  private String last(Person who) {
    List<String> told = chats.told(who);
    return told.get(told.size() - 1);
  }
}
