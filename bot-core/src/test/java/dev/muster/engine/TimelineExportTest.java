// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.timeline.EntryKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineExportTest extends AdaAndLi {

  private static final String NAME = "INC-1-timeline.md";

  private Optional<String> file() {
    return room.world().file(NAME).map(file -> new String(file.bytes(), StandardCharsets.UTF_8));
  }

  private long files(Person who) {
    return room.told(who).stream().filter(line -> line.contains(NAME)).count();
  }

  @Test
  void export_byAResponder_isAFileForThemAlone() {
    room.declares(ada, "declare! Checkout is down");
    room.commands(ada, "timeline add the pool ran dry <!channel>");
    room.commands(li, "timeline export");

    assertEquals(1, files(li));
    assertEquals(0, files(ada));
    assertFalse(room.lines().stream().anyMatch(line -> line.contains(NAME)), room.lines() + "");
    assertTrue(file().orElseThrow().contains(": the pool ran dry \\<!channel\\>\n"));
    assertTrue(file().orElseThrow().contains(" · command run · li: /incident timeline export"));
    String last = room.told(li).get(room.told(li).size() - 1);
    String comment = room.world().file(NAME).orElseThrow().comment();
    assertTrue(comment.contains("Only you get this. Its page: http://localhost:8080/inc"));
    assertTrue(String.join(" ", room.told(li)).contains("is on its way to you."), last);
  }

  @Test
  void export_ofAPrivateIncident_isForItsMembers() {
    room.declares(ada, "declare! Keys leaked --private");
    room.commandsAt(li, room.world().meetingPlace().channel(), "timeline export INC-1");
    String told = room.told(li).get(0);
    assertTrue(told.startsWith("There is no incident INC-1 that you can see."), told);
    assertEquals(Optional.empty(), file());

    room.commands(ada, "timeline export");
    assertEquals(1, files(ada));
    assertTrue(file().orElseThrow().contains("This incident is private: only its members"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void export_killedAtACall_comesOnceAfterTheRestart(int call) {
    room.declares(ada, "declare! Checkout is down");
    room.engine().settle();
    room.mortal().dieAt(call);
    room.world().commands(li, room.channel(), "timeline export");
    room.restart();
    room.pass(java.time.Duration.ofMinutes(2));

    assertEquals(1, files(li), room.told(li).toString());
  }

  @Test
  void export_refusedByThePlatform_isToldAsALinkPrivately() {
    room.declares(ada, "declare! Checkout is down");
    room.refuseFiles();
    room.commands(li, "timeline export");

    List<String> told = room.told(li);
    String link = "The timeline of INC-1 could not be uploaded. It is at";
    assertEquals(1, told.stream().filter(line -> line.startsWith(link)).count(), told.toString());
    assertFalse(room.lines().stream().anyMatch(line -> line.startsWith(link)));
    assertEquals(1, room.engine().texts(IncidentRoom.ID, EntryKind.EFFECT_FAILED).size());
  }
}
