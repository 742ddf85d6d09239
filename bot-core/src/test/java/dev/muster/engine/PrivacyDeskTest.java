// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.spi.Capability;
import dev.muster.testkit.ShownChannel;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making a running incident private, and public again. */
class PrivacyDeskTest {

  private static final String TITLE = "Wiretap found";

  @TempDir private Path folder;
  private IncidentRoom room;
  private Person ada;
  private Person li;
  private Person eve;
  private ChannelRef before;

  @BeforeEach
  void declared() {
    room = new IncidentRoom(folder);
    ada = room.person("ada");
    li = room.person("li");
    eve = room.person("eve");
    room.declares(ada, "declare! " + TITLE + " sev2");
    before = room.channel();
    room.commands(ada, "invite " + IncidentRoom.mention(li));
  }

  @AfterEach
  void close() {
    room.close();
  }

  private ShownChannel look(ChannelRef channel) {
    return room.world().look(channel).orElseThrow();
  }

  private String lastTold(Person who) {
    List<String> told = room.told(who);
    return told.get(told.size() - 1);
  }

  private void turns(String word) {
    ChannelRef here = room.channel();
    room.commandsAt(ada, here, word);
    room.commandsAt(ada, here, word + " confirm");
  }

  private List<String> announced() {
    return room.lines(room.world().meetingPlace().channel());
  }

  private static boolean anyHas(List<String> lines, String words) {
    return lines.stream().anyMatch(line -> line.contains(words));
  }

  @Test
  void incident_madePrivate_movesWithItsMembersAndLeavesNothingOfItsTitle() {
    room.commands(ada, "link https://g.example.com/d Wiretap board");
    room.commands(ada, "update The wiretap sits in the switch");
    room.commandsAt(eve, room.world().meetingPlace().channel(), "subscribe INC-1");
    assertTrue(anyHas(announced(), TITLE));

    room.commands(ada, "private");
    assertTrue(lastTold(ada).contains("Only 2 members (ada, li) will see INC-1"), lastTold(ada));
    assertFalse(room.incident().isPrivate());
    room.pressesTold(ada, "Make INC-1 private");

    assertTrue(room.incident().isPrivate());
    assertNotEquals(before, room.channel());
    ShownChannel now = look(room.channel());
    assertTrue(now.isPrivate());
    assertEquals("inc-1-private", now.name());
    assertTrue(now.members().containsAll(List.of(ada.ref(), li.ref())));
    assertTrue(anyHas(room.lines(), TITLE));
    assertTrue(anyHas(room.lines(), "INC-1 is private since"));
    assertTrue(now.bookmarks().contains("Wiretap board"));
    ShownChannel old = look(before);
    assertTrue(old.archived());
    assertEquals("inc-1-moved", old.name());
    assertEquals("INC-1 goes on elsewhere", old.topic());
    assertFalse(anyHas(old.bookmarks(), "Wiretap"));
    assertTrue(anyHas(room.lines(before), "Please write nothing more about it here."));
    assertFalse(anyHas(room.lines(before), TITLE), "" + room.lines(before));
    assertFalse(anyHas(announced(), "iretap"), "" + announced());
    assertTrue(anyHas(announced(), "INC-1 goes on among its members"));
    assertTrue(anyHas(room.told(eve), "Your news of INC-1 ends here"));
    assertFalse(room.incident().visibleTo(Optional.of(eve.ref())));
    assertEquals(1, room.engine().texts("INC-1", EntryKind.VISIBILITY_CHANGED).size());
  }

  @Test
  void news_ofAPrivatisedIncident_reachesMembersAlone() {
    turns("private");

    room.commands(ada, "title Second wiretap");
    room.commands(ada, "update It listens to payroll");
    room.pass(Duration.ofMinutes(70));

    assertFalse(anyHas(announced(), "iretap"), "" + announced());
    assertFalse(anyHas(announced(), "payroll"));
    assertFalse(anyHas(room.lines(before), "payroll"));
    assertTrue(anyHas(room.lines(), "payroll"));
  }

  @Test
  void incident_madePublicAgain_isAnnouncedAfterSayingWhatBecomesReadable() {
    turns("private");
    ChannelRef secret = room.channel();
    room.says(ada, "the badge of door 7");

    room.commands(ada, "public");
    String asked = lastTold(ada);
    assertTrue(asked.contains("with 1 message of people"), asked);
    assertTrue(asked.contains(TITLE), asked);
    assertTrue(room.incident().isPrivate());
    room.commandsAt(ada, secret, "public confirm");

    assertFalse(room.incident().isPrivate());
    assertFalse(look(room.channel()).isPrivate());
    assertTrue(look(secret).archived());
    assertTrue(anyHas(room.lines(secret), "the badge of door 7"));
    assertTrue(anyHas(announced(), TITLE));
    room.commandsAt(eve, room.channel(), "join");
    assertTrue(room.incident().members().contains(eve.ref()));
  }

  @Test
  void confirm_untoldOrTooLate_asksAgainAndChangesNothing() {
    room.commands(ada, "private confirm");
    assertFalse(room.incident().isPrivate());
    assertTrue(lastTold(ada).contains("/incident private INC-1 confirm"), lastTold(ada));

    room.pass(Duration.ofMinutes(11));
    room.commands(ada, "private confirm");
    assertFalse(room.incident().isPrivate());
    room.commands(ada, "public confirm");
    assertTrue(lastTold(ada).contains("INC-1 is already public"), lastTold(ada));

    room.commands(ada, "private confirm");
    assertTrue(room.incident().isPrivate());
  }

  @Test
  void whoever_neitherCommandsNorAdministers_isRefused() {
    room.commands(li, "private");

    assertTrue(lastTold(li).contains("Ask ada, who is in command"), lastTold(li));
    room.commands(ada, "private please");
    assertTrue(lastTold(ada).contains("I do not understand \"please\" here"), lastTold(ada));
    assertFalse(room.incident().isPrivate());
  }

  @Test
  void people_whoAreNamed_remainBesideThoseWithARole() {
    Person kim = room.person("kim");
    Person sam = room.person("sam");
    room.commands(ada, "invite " + IncidentRoom.mention(kim) + " " + IncidentRoom.mention(sam));
    room.commands(ada, "role scribe " + IncidentRoom.mention(sam));
    room.commands(ada, "private " + IncidentRoom.mention(li));
    assertTrue(lastTold(ada).contains("Only 3 members (ada, li, sam)"), lastTold(ada));
    assertTrue(lastTold(ada).contains("private INC-1 @li confirm"), lastTold(ada));

    room.commands(ada, "private confirm");
    assertFalse(room.incident().isPrivate());
    room.commands(ada, "private " + IncidentRoom.mention(li));
    room.pressesTold(ada, "Make INC-1 private");

    assertTrue(room.incident().isPrivate());
    assertFalse(room.incident().visibleTo(Optional.of(kim.ref())));
    assertTrue(room.incident().visibleTo(Optional.of(sam.ref())));
    assertFalse(look(room.channel()).members().contains(kim.ref()));
  }

  @Test
  void twoAtOnce_turnItOnce() {
    room.commands(ada, "role deputy " + IncidentRoom.mention(li));
    room.commands(ada, "private");
    room.commands(li, "private");
    room.world().commands(ada, before, "private confirm");
    room.world().commands(li, before, "private INC-1 confirm");
    room.engine().settle();

    assertTrue(room.incident().isPrivate());
    assertEquals(1, room.engine().texts("INC-1", EntryKind.VISIBILITY_CHANGED).size());
    assertTrue(anyHas(room.told(li), "INC-1 is already private"), "" + room.told(li));
    assertEquals(2, room.calls("openChannel"));
  }

  @Test
  void stranger_isAnsweredAsIfThereWereNone() {
    turns("private");

    ChannelRef here = room.world().meetingPlace().channel();
    room.commandsAt(eve, here, "public INC-1");

    assertTrue(lastTold(eve).contains("There is no incident INC-1 that you can see."));
    room.commandsAt(eve, here, "status");
    assertFalse(lastTold(eve).contains(TITLE));
  }

  @Test
  void platform_withoutPrivateChannels_isRefusedWithTheMend() {
    room.mortal().lacks(Capability.PRIVATE_CHANNELS);

    turns("private");

    assertTrue(lastTold(ada).contains("may open no private channel on chat"), lastTold(ada));
    assertFalse(room.incident().isPrivate());
    assertEquals(before, room.channel());
  }

  @Test
  void incident_thatLivesInAThread_leavesItForAChannel() {
    room.commands(ada, "impact the wiretap sits in the switch");
    room.changes(before, ChatEvent.ChannelChanged.Change.ARCHIVED, "");
    ChannelRef general = room.world().meetingPlace().channel();
    assertEquals(general, room.channel());

    room.commandsAt(ada, general, "private INC-1");
    room.commandsAt(ada, general, "private INC-1 confirm");

    assertTrue(look(room.channel()).isPrivate());
    assertFalse(look(general).archived());
    assertFalse(anyHas(announced(), "iretap"), "" + announced());
    assertTrue(anyHas(announced(), "Please write nothing more about it here."));
    room.changes(before, ChatEvent.ChannelChanged.Change.UNARCHIVED, "inc-1-wiretap-found");
    assertTrue(look(room.channel()).isPrivate());
  }

  @Test
  void closedIncident_isLeftAsItIs() {
    room.commands(ada, "cancel a test");
    room.commands(ada, "private");

    assertTrue(lastTold(ada).contains("already closed"), lastTold(ada));
  }
}
