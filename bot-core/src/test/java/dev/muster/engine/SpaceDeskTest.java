// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static dev.muster.engine.TwoChats.BLUE;
import static dev.muster.engine.TwoChats.RED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.AlertRule;
import dev.muster.chat.Person;
import dev.muster.incident.Severity;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceDeskTest {

  @TempDir Path folder;

  @Test
  void declaration_everywhere_livesOnBothWithCardsThatChangeTogether() {
    try (TwoChats chats = new TwoChats(folder, s -> SettingsDraft.of(s).everywhere().done())) {
      Person ada = chats.person(RED, "ada");
      Person li = chats.person(BLUE, "li");
      chats.declares(ada, "declare! checkout is down sev3");

      assertTrue(chats.space(RED).isPresent());
      assertTrue(chats.space(BLUE).isPresent());
      for (String platform : List.of(RED, BLUE)) {
        String head = chats.lines(platform).get(0);
        assertTrue(head.contains("checkout is down"), head);
        assertTrue(head.contains(" on blue, #") && head.contains(" on red"), head);
        List<ShownMessage> announced =
            chats.world(platform).messages(chats.world(platform).meetingPlace().channel());
        assertTrue(announced.get(0).words().contains("INC-1"), announced.toString());
      }

      chats.commands(li, "severity 1 everything");
      assertEquals(Severity.SEV1, chats.incident().severity());
      for (String platform : List.of(RED, BLUE)) {
        assertTrue(chats.lines(platform).get(0).contains("SEV1 · INC-1"), platform);
      }
      assertEquals(1, chats.engine().texts("INC-1", EntryKind.SEVERITY_CHANGED).size());
    }
  }

  @Test
  void declaration_byDefaultOrPrivate_staysWhereItWasMade() {
    try (TwoChats chats = new TwoChats(folder, s -> SettingsDraft.of(s).everywhere().done())) {
      chats.declares(chats.person(RED, "ada"), "declare! payroll leaked --private");
      assertEquals(1, chats.incident().spaces().size());
    }
  }

  @Test
  void space_byAResponder_opensOnceAndShowsWhatStands() {
    try (TwoChats chats = new TwoChats(folder)) {
      Person ada = chats.person(RED, "ada");
      chats.declares(ada, "declare! checkout is down");
      assertTrue(chats.space(BLUE).isEmpty());
      chats.commands(ada, "task restart the queue");

      chats.commands(ada, "space green");
      assertTrue(last(chats.told(ada)).contains("There are: blue, red."), last(chats.told(ada)));
      chats.commands(ada, "space blue");
      assertTrue(last(chats.told(ada)).contains("on blue is being opened"));
      chats.commands(ada, "space BLUE");
      assertTrue(last(chats.told(ada)).contains("on blue already"), last(chats.told(ada)));

      assertTrue(chats.lines(BLUE).get(0).contains("/incident help"), chats.lines(BLUE).toString());
      assertTrue(chats.lines(BLUE).stream().anyMatch(line -> line.contains("restart the queue")));
      assertEquals(
          1,
          chats.engine().entries("INC-1", EntryKind.CHANNEL_OPENED).stream()
              .filter(entry -> BLUE.equals(entry.data().get("platform")))
              .count());
    }
  }

  @Test
  void button_pressedOnOnePlatform_countsOnceAndGoesOnBoth() {
    try (TwoChats chats =
        new TwoChats(folder, s -> SettingsDraft.of(s).alertRules(AlertRule.defaults()).done())) {
      Person ada = chats.person(RED, "ada");
      Person li = chats.person(BLUE, "li");
      chats.alerts("queue is full");
      chats.presses(li, "Take command");
      assertEquals(li, chats.incident().commander().orElseThrow());
      for (String platform : List.of(RED, BLUE)) {
        assertFalse(chats.shows(platform, "Take command"), platform);
        assertTrue(chats.lines(platform).get(0).contains("Commander li"), platform);
      }
      chats.commands(ada, "commander me");
      assertEquals(li, chats.incident().commander().orElseThrow());
    }
  }

  @Test
  void space_ofAPrivateIncident_needsAMemberThere() {
    try (TwoChats chats = new TwoChats(folder)) {
      Person ada = chats.person(RED, "ada");
      Person li = chats.person(BLUE, "li");
      chats.declares(ada, "declare! payroll leaked --private");
      chats.commands(ada, "space blue");
      assertTrue(last(chats.told(ada)).contains("nobody who belongs to it is on blue"));
      assertEquals(1, chats.incident().spaces().size());

      chats.commands(ada, "invite " + IncidentRoom.mention(li));
      chats.commands(ada, "space blue");
      assertTrue(chats.world(BLUE).sees(li, chats.channel(BLUE)));
      assertFalse(chats.world(BLUE).sees(chats.person(BLUE, "eve"), chats.channel(BLUE)));
    }
  }

  @Test
  void privacy_withMembersOnOneOnly_leavesTheOther() {
    try (TwoChats chats = new TwoChats(folder, s -> SettingsDraft.of(s).everywhere().done())) {
      Person ada = chats.person(RED, "ada");
      chats.declares(ada, "declare! checkout is down");
      chats.commands(ada, "private");
      chats.pressesTold(ada, "Make INC-1 private");

      assertTrue(chats.incident().isPrivate());
      assertTrue(chats.space(RED).isPresent());
      assertTrue(chats.space(BLUE).isEmpty());
    }
  }

  private static String last(List<String> told) {
    return told.get(told.size() - 1);
  }
}
