// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.oncall.Rotation;
import dev.muster.oncall.Schedule;
import dev.muster.testkit.SettingsDraft;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One person asks another, or whoever is on call, to come. */
class PagesTest {

  private IncidentRoom room;
  private Person ada;
  private Person li;
  private Person sam;

  @BeforeEach
  void declare(@TempDir Path folder) {
    room = new IncidentRoom(folder, PagesTest::onCall);
    ada = room.person("ada");
    li = room.person("li");
    sam = room.person("sam");
    room.declares(ada, "declare! Checkout is down");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private static Settings onCall(Settings before) {
    LocalDateTime start = LocalDateTime.parse("2020-01-06T09:00");
    Rotation rotation = new Rotation(List.of("Uli"), Duration.ofDays(7), start);
    return SettingsDraft.of(before)
        .schedules(new Schedule("payments", ZoneOffset.UTC, rotation, List.of()))
        .groups(Map.of("night", List.of(), "both", List.of("Uli", "Usam")))
        .done();
  }

  private List<String> asked() {
    return room.engine().texts(IncidentRoom.ID, EntryKind.ESCALATION_STARTED);
  }

  private String answer() {
    List<String> told = room.told(ada);
    return told.get(told.size() - 1);
  }

  private void pages(String words) {
    room.commands(ada, "page " + words);
  }

  @Test
  void page_ofAPerson_asksThemInTheChannelAndPrivatelyInTheWordsTyped() {
    pages(IncidentRoom.mention(li) + " the database does not answer");

    assertEquals(List.of("Asked @" + li.name() + "."), asked());
    assertEquals("Asked @" + li.name() + ".", answer());
    String told = room.told(li).toString();
    assertTrue(told.contains("to come: “the database does not answer”."), told);
    assertTrue(told.contains("Press Acknowledge, or /incident ack INC-1."), told);
    assertTrue(room.lines().toString().contains("asks @" + li.name() + " to come"));
    assertTrue(room.incident().members().contains(li.ref()));
    assertEquals(0, room.told(sam).size());
  }

  @Test
  void page_ofASchedule_asksWhoeverIsOnCallNow() {
    pages("payments");

    assertEquals(List.of("Asked @Uli."), asked());
    assertTrue(room.told(li).toString().contains("to come."), room.told(li).toString());
  }

  @Test
  void acknowledgement_ofAPage_settlesWhatWasAskedEvenIfAnotherTookTheIncidentBefore() {
    room.commands(ada, "ack");
    pages(IncidentRoom.mention(li));
    room.commands(li, "ack");

    String settled = "Acknowledged by " + li.name() + " at ";
    assertTrue(room.lines().stream().anyMatch(l -> l.contains(settled)), room.lines().toString());
    assertFalse(room.shows("Acknowledge"));
    assertEquals(
        1,
        room.engine().texts(IncidentRoom.ID, EntryKind.ESCALATION_ACKNOWLEDGED).stream()
            .filter(text -> text.startsWith(li.name()))
            .count());
  }

  @Test
  void resolution_whileSomebodyIsAsked_saysThatItIsNoLongerNeeded() {
    pages(IncidentRoom.mention(li));
    room.commands(ada, "resolve all is well");

    assertTrue(room.lines().toString().contains("No longer needed"), room.lines().toString());
    assertFalse(room.lines().toString().contains("to come."), room.lines().toString());
  }

  @Test
  void page_ofTheSamePersonWithinTwoMinutes_isRefusedAndAfterwardsAsksAgain() {
    pages(IncidentRoom.mention(li));
    room.pass(Duration.ofSeconds(60));
    pages(IncidentRoom.mention(li));
    assertEquals(1, asked().size());
    assertTrue(answer().startsWith("Nobody was asked. Not asked: @" + li.name()), answer());

    pages("both");
    assertEquals("Asked @Usam.", asked().get(1));
    assertTrue(answer().contains("Not asked: @" + li.name() + " (asked at "), answer());

    room.pass(Duration.ofSeconds(61));
    pages(IncidentRoom.mention(li));
    assertEquals(3, asked().size());
  }

  @Test
  void page_ofSomebodyDeactivated_saysSoAndAsksTheOthers() {
    room.isNow(li, false, false);

    pages(IncidentRoom.mention(li));
    assertTrue(answer().contains("no longer active"), answer());
    assertTrue(answer().contains("/incident page @li, or a schedule: payments"), answer());
    pages("payments");
    assertTrue(answer().contains("(deactivated)"), answer());
    assertEquals(List.of(), asked());
    pages("both");
    assertEquals(List.of("Asked @Usam."), asked());
    assertTrue(answer().contains("Not asked: @" + li.name() + " (deactivated)."), answer());
  }

  @Test
  void page_behindWhichThereIsNobody_saysSo() {
    pages("night");
    assertTrue(answer().startsWith("Nobody is in night; nobody was asked."), answer());
    pages("paymets");
    assertTrue(answer().contains("I do not know “paymets”."), answer());
    room.commands(ada, "resolve all is well");
    pages("payments");
    assertTrue(answer().contains("nobody is asked"), answer());
    assertEquals(List.of(), asked());
  }
}
