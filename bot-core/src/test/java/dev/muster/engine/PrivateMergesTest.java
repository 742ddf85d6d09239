// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is still said of an incident elsewhere, and in its new channel, once it has moved. */
class PrivateMergesTest {

  @TempDir private Path folder;
  private IncidentRoom room;
  private Person ada;

  @BeforeEach
  void open() {
    room = new IncidentRoom(folder);
    ada = room.person("ada");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private ChannelRef second() {
    return room.engine().incident("INC-2").spaceOn(IncidentRoom.CHAT).orElseThrow().channel();
  }

  private static boolean anyHas(List<String> lines, String words) {
    return lines.stream().anyMatch(line -> line.contains(words));
  }

  @Test
  void target_madePrivate_isNamedNoMoreWhereItsDuplicateWas() {
    room.declares(ada, "declare! Wiretap found");
    room.declares(ada, "declare! Noise on the line");
    ChannelRef duplicate = second();
    room.commandsAt(ada, duplicate, "merge INC-1");
    assertTrue(anyHas(room.lines(duplicate), "Wiretap"));

    room.commandsAt(ada, room.channel(), "private INC-1");
    assertTrue(anyHas(room.told(ada), "Merged into it was INC-2"), "" + room.told(ada));
    room.commandsAt(ada, room.channel(), "private INC-1 confirm");

    assertTrue(room.incident().isPrivate());
    assertFalse(anyHas(room.lines(duplicate), "Wiretap"), "" + room.lines(duplicate));
    assertTrue(anyHas(room.lines(duplicate), "INC-1 goes on among its members"));
  }

  @Test
  void target_madePrivateWhileTheLineIsOnItsWay_isNamedNoMoreEither() {
    room.declares(ada, "declare! Wiretap found");
    room.declares(ada, "declare! Noise on the line");
    ChannelRef duplicate = second();
    ChannelRef here = room.channel();
    room.commandsAt(ada, here, "private INC-1");
    room.mortal().dieAt(0);
    room.world().commands(ada, duplicate, "merge INC-1");
    room.world().commands(ada, here, "private INC-1 confirm");
    room.engine().calm();
    room.restart();
    room.engine().settle();

    assertTrue(room.incident().isPrivate());
    assertFalse(anyHas(room.lines(duplicate), "Wiretap"), "" + room.lines(duplicate));
  }

  @Test
  void duplicate_madePrivateLater_isNamedNoMoreInTheOther() {
    room.declares(ada, "declare! Noise on the line");
    room.declares(ada, "declare! Wiretap found");
    room.commandsAt(ada, second(), "merge INC-1");
    assertTrue(anyHas(room.lines(), "Wiretap"));
    room.commandsAt(ada, second(), "reopen it is another matter");

    room.commandsAt(ada, second(), "private INC-2");
    assertTrue(
        anyHas(room.told(ada), "It was merged into INC-1, whose timeline keeps"),
        "" + room.told(ada));
    room.commandsAt(ada, second(), "private INC-2 confirm");

    assertTrue(room.engine().incident("INC-2").isPrivate());
    assertFalse(anyHas(room.lines(), "Wiretap"), "" + room.lines());
  }

  @Test
  void target_madePublic_isConfirmedKnowingWhatCameFromAPrivateOne() {
    room.declares(ada, "declare! Noise on the line --private");
    room.declares(ada, "declare! Wiretap found --private");
    room.world().types(ada, second(), Optional.empty(), "it sits in the switch");
    room.engine().settle();
    room.commandsAt(ada, second(), "merge INC-1");

    room.commandsAt(ada, room.channel(), "public INC-1");

    assertTrue(
        anyHas(room.told(ada), "So is what came from INC-2, private and merged"),
        "" + room.told(ada));
    assertTrue(room.engine().incident("INC-2").isPrivate());
  }

  @Test
  void openTasksAndAlerts_areShownWhereItGoesOn_andWhoIsToComeIsSaidBefore() {
    room.close();
    Settings.SeverityRule never =
        new Settings.SeverityRule(Optional.empty(), Optional.empty(), "default");
    room =
        new IncidentRoom(
            folder,
            IncidentRoom.asking(never, List.of(List.of("person:Usam"), List.of("person:Uzoe"))));
    ada = room.person("ada");
    room.alerts("Switch speaks");
    room.commands(ada, "private");
    assertTrue(anyHas(room.told(ada), "Whoever the escalation asks next comes in as well."));
    room.commands(ada, "commander me");
    room.commands(ada, "task unplug the switch");
    room.commands(ada, "task call the electrician");
    room.commands(ada, "task done 1");

    room.commands(ada, "private");
    room.commands(ada, "private confirm");

    assertTrue(room.incident().isPrivate());
    assertTrue(anyHas(room.lines(), "INC-1 task #2 call the electrician"), "" + room.lines());
    assertFalse(anyHas(room.lines(), "task #1 unplug"), "" + room.lines());
    assertTrue(anyHas(room.lines(), "Alerts of INC-1: 1 firing"), "" + room.lines());
  }
}
