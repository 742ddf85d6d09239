// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.incident.IncidentId;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commander who is silent or gone is noticed, and command finds its way to somebody else. */
class CommandWatchTest {

  private static final String ASKED = "Are you still in command?";
  private static final String SILENT = "The commander is silent";

  @TempDir Path folder;
  private IncidentRoom room;
  private Person ada;
  private Person li;
  private Person sam;

  @BeforeEach
  void open() {
    Settings.SeverityRule rule =
        new Settings.SeverityRule(
            Optional.empty(), Optional.empty(), "default", Optional.of(Duration.ofMinutes(20)));
    room = new IncidentRoom(folder, IncidentRoom.asking(rule, List.of(List.of("person:Usam"))));
    ada = room.person("ada");
    li = room.person("li");
    sam = room.person("sam");
    room.declares(ada, "declare! Checkout is down sev1");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private void minutes(int many) {
    room.pass(Duration.ofMinutes(many));
  }

  private static long count(List<String> lines, String words) {
    return lines.stream().filter(line -> line.contains(words)).count();
  }

  @Test
  void silentCommander_isAskedThenTheChannelIsToldAndWhoIsOnCallIsPaged() {
    minutes(19);
    assertEquals(0, count(room.told(ada), ASKED));

    minutes(2);

    assertEquals(1, count(room.told(ada), ASKED));
    assertEquals(0, count(room.lines(), SILENT));
    minutes(5);
    assertEquals(1, count(room.lines(), SILENT + ": nothing was heard from ada"));
    assertEquals(1, count(room.told(sam), SILENT));
    assertTrue(room.timeline().contains("Asked ada privately whether they are still in command"));
    List<String> offered = room.engine().texts(IncidentRoom.ID, EntryKind.HANDOVER_OFFERED);
    assertEquals(1, offered.size());
    assertTrue(offered.get(0).endsWith("Asked @Usam."), offered.toString());
    minutes(60);
    assertEquals(1, count(room.told(ada), ASKED));
    assertEquals(1, count(room.told(sam), SILENT));
  }

  @Test
  void takeCommand_fromASilentCommander_succeedsAtOnceAndSettlesTheBanner() {
    room.says(li, "who decides?");
    minutes(26);

    room.presses(li, "Take command");

    assertEquals(li.ref(), room.incident().commander().orElseThrow().ref());
    assertEquals(0, count(room.lines(), SILENT));
    assertEquals(1, count(room.lines(), "li is in command."));
    minutes(21);
    assertEquals(1, count(room.told(li), ASKED));
  }

  @Test
  void deputy_isAskedBeforeWhoIsOnCall() {
    room.commands(ada, "role deputy " + IncidentRoom.mention(li));

    minutes(26);

    assertEquals(1, count(room.told(li), SILENT));
    assertEquals(0, count(room.told(sam), SILENT));
  }

  @Test
  void everySignOfLife_beginsTheTimeAnew() {
    minutes(15);
    room.says(ada, "I look at the database");
    minutes(15);
    room.commands(ada, "impact nobody can pay");
    minutes(15);
    assertEquals(0, count(room.told(ada), ASKED));
    minutes(6);

    room.pressesTold(ada, "I am here");
    minutes(15);

    assertEquals(1, count(room.told(ada), ASKED));
    assertEquals(0, count(room.lines(), SILENT));
  }

  @Test
  void commanderHeardAgain_takesTheBannerBack() {
    minutes(26);
    room.says(ada, "I was on the phone");

    minutes(6);

    assertEquals(0, count(room.lines(), SILENT));
    assertEquals(1, count(room.lines(), "ada was heard again and is in command."));
    assertFalse(room.shows("Take command"));
  }

  @Test
  void silentCommanderWhoAnswers_isTakenFromByNobodyInTheSameBreath() {
    minutes(26);
    assertEquals(1, count(room.lines(), SILENT));

    room.says(ada, "I was on the phone");
    room.presses(li, "Take command");

    assertEquals(ada.ref(), room.incident().commander().orElseThrow().ref());
    assertEquals(1, count(room.told(li), "ada was faster"));
    room.pressesTold(ada, "I am here");
    assertFalse(room.shows("Take command"));
    room.pressesTold(sam, "Take command");
    assertEquals(ada.ref(), room.incident().commander().orElseThrow().ref());
  }

  @Test
  void commanderHeardBehindAFlood_isNotAskedForBeingSilent() {
    minutes(15);
    flood();
    room.says(ada, "I look at the database");

    minutes(6);

    assertEquals(0, count(room.told(ada), ASKED));
  }

  private void flood() {
    IncidentId id = room.incident().id();
    room.engine()
        .write(
            tx -> {
              Moment moment = new Moment(tx, room.now(), null);
              for (int i = 0; i < 2_001; i++) {
                Facts.bot(moment, id, EntryKind.BOT_POSTED, "alert " + i, Map.of());
              }
            });
  }

  @Test
  void restart_inTheMiddle_goesOnWhereItWas() {
    minutes(21);
    room.restart();
    minutes(5);

    assertEquals(1, count(room.told(ada), ASKED));
    assertEquals(1, count(room.lines(), SILENT));
  }

  @Test
  void resolvedAndLowSeverities_areNotWatched_reopenedIsAgain() {
    room.commands(ada, "resolve all is well");
    minutes(30);
    assertEquals(0, count(room.told(ada), ASKED));

    room.commands(li, "reopen not at all");
    minutes(21);

    assertEquals(1, count(room.told(ada), ASKED));
  }

  @Test
  void commanderWhoLeft_leavesCommandVacantWithABannerAtOnce() {
    room.hears(new ChatEvent.MemberLeft(room.now(), Profile.member(ada), room.channel()));

    assertEquals(1, count(room.lines(), "Command is vacant: ada left the channel."));
    assertEquals(1, count(room.told(sam), "Command is vacant"));
    room.says(li, "I am here");
    room.presses(li, "Take command");
    assertEquals(li.ref(), room.incident().commander().orElseThrow().ref());
    assertEquals(0, count(room.lines(), "Command is vacant"));
  }

  @Test
  void commanderDeactivated_leavesCommandVacantWithABannerAtOnce() {
    room.isNow(ada, false, false);

    assertEquals(1, count(room.lines(), "Command is vacant: ada was deactivated."));
  }
}
