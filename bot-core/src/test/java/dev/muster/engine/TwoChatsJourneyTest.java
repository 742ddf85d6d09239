// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static dev.muster.engine.TwoChats.BLUE;
import static dev.muster.engine.TwoChats.ID;
import static dev.muster.engine.TwoChats.RED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.AlertRule;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.incident.IncidentStatus;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import dev.muster.webhook.WebhookClient;
import dev.muster.webhook.WebhookResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One incident on two chats, from its alert to its end, with Ada on one chat and Li on the other.
 */
class TwoChatsJourneyTest {

  /** More calls than opening an incident takes on one platform. */
  private static final int CALLS = 8;

  @TempDir Path folder;

  private static Settings settings(Settings now) {
    return SettingsDraft.of(now).alertRules(AlertRule.defaults()).rollback(true).done();
  }

  @Test
  void journey_ofTwoPeopleOnTwoChats_isOneIncident() {
    List<String> calls = new ArrayList<>();
    WebhookClient deployer =
        request -> {
          calls.add("called");
          return new WebhookResult.Failed(
              WebhookResult.Reason.NOT_CONNECTED, "Nothing is called here.");
        };
    try (TwoChats chats = new TwoChats(folder, TwoChatsJourneyTest::settings)) {
      Person ada = chats.person(RED, "ada");
      Person li = chats.person(BLUE, "li");
      chats.engine().outside(deployer);
      chats.alerts("queue is full");
      chats.presses(ada, "Take command");
      MessageRef said = chats.says(ada, "the 11:58 deploy looks wrong");
      chats.says(li, "I see locks since noon");
      chats.commands(ada, "rollback");

      chats.restart();
      chats.engine().outside(deployer);
      chats.edits(ada, said, "the 11:57 deploy looks wrong");
      chats.says(li, "rolling back is right");
      chats.presses(li, "Approve");
      chats.commands(li, "resolve rolled back by hand");
      chats.commands(ada, "close completed");

      assertEquals(IncidentStatus.CLOSED, chats.incident().status());
      assertEquals(1, calls.size());
      for (String platform : List.of(RED, BLUE)) {
        assertTrue(chats.lines(platform).get(0).contains("closed"), chats.lines(platform).get(0));
        assertFalse(chats.shows(platform, "Approve"), platform);
      }
      assertTrue(chats.lines(BLUE).contains("ada (red): the 11:57 deploy looks wrong (edited)"));
      assertTrue(chats.lines(RED).contains("li (blue): I see locks since noon"));
      assertTrue(chats.lines(RED).contains("li (blue): rolling back is right"));
      assertEquals(
          List.of(
              "the 11:58 deploy looks wrong", "I see locks since noon", "rolling back is right"),
          chats.engine().texts(ID, EntryKind.MESSAGE_LOGGED));
      assertEquals(1, chats.engine().texts(ID, EntryKind.STEP_APPROVED).size());
      assertEquals(1, chats.engine().texts(ID, EntryKind.POSTMORTEM_DRAFTED).size());
      List<String> logged =
          chats.engine().entries(ID, EntryKind.BOT_POSTED).stream()
              .map(TimelineEntry::text)
              .filter(text -> text.contains(" (red): ") || text.contains(" (blue): "))
              .toList();
      assertEquals(List.of(), logged, "no copy is on the timeline");
    }
  }

  @Test
  void death_atAnyCallOfTheSecondPlatform_opensEverythingOnce() throws IOException {
    for (int call = 0; call <= CALLS; call++) {
      Path own = Files.createDirectory(folder.resolve("call-" + call));
      try (TwoChats chats = new TwoChats(own, s -> SettingsDraft.of(s).everywhere().done())) {
        Person ada = chats.person(RED, "ada");
        chats.mortal(BLUE).dieAt(call);
        chats.declaresUnsettled(ada, "declare! checkout is down");
        chats.engine().calm();
        chats.restart();
        chats.engine().settle();
        chats.says(ada, "it is the database");
        for (String platform : List.of(RED, BLUE)) {
          String where = platform + " died at " + call;
          List<ShownMessage> seen = chats.messages(platform);
          assertEquals(1, heads(seen), where);
          assertEquals(1, heads(chats.world(platform).messages(chats.meeting(platform))), where);
          assertEquals(
              seen.size(), new HashSet<>(chats.lines(platform)).size(), where + " nothing doubled");
        }
        assertTrue(chats.lines(BLUE).contains("ada (red): it is the database"), "died at " + call);
        assertEquals(2, chats.engine().texts(ID, EntryKind.CHANNEL_OPENED).size());
      }
    }
  }

  private static long heads(List<ShownMessage> seen) {
    return seen.stream().filter(m -> m.words().contains("· INC-1 · checkout is down")).count();
  }
}
