// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channels of open incidents are read once more each hour, in case something was not told. */
class RereadTest {

  @TempDir Path folder;
  private IncidentRoom room;
  private Person ada;

  @BeforeEach
  void open() {
    room = new IncidentRoom(folder);
    ada = room.person("ada");
    room.declares(ada, "declare! Checkout is down");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private List<String> filled() {
    return room.engine().texts(IncidentRoom.ID, EntryKind.GAP_FILLED);
  }

  @Test
  void messageThatWasNeverPushed_isOnTheTimelineWithinTheHour() {
    room.says(ada, "the database is full");
    room.saysUnheard(ada, "half of it is logs");

    room.pass(Duration.ofMinutes(61));

    assertTrue(room.timeline().contains("MESSAGE_LOGGED half of it is logs"));
    assertEquals(1, filled().size());
    assertTrue(filled().get(0).startsWith("Not everything was heard from "), filled().toString());
    assertTrue(filled().get(0).contains("1 message,"), filled().toString());
    room.pass(Duration.ofMinutes(61));
    assertEquals(1, filled().size());
  }

  @Test
  void messageWhosePushIsOnItsWay_isNotCalledUnheard() {
    room.says(ada, "the database is full");
    room.pass(Duration.ofMinutes(59));
    room.engine().advance(Duration.ofSeconds(50));
    room.saysUnheard(ada, "half of it is logs");

    room.pass(Duration.ofMinutes(1));

    assertTrue(room.timeline().contains("MESSAGE_LOGGED half of it is logs"));
    assertEquals(List.of(), filled());
  }

  @Test
  void nothingMissing_saysNothing_andEndsWithTheIncident() {
    room.says(ada, "the database is full");
    room.pass(Duration.ofMinutes(61));
    long read = room.calls("readHistory");
    assertTrue(read > 0);
    assertEquals(List.of(), filled());

    room.restart();
    room.pass(Duration.ofMinutes(61));
    assertTrue(room.calls("readHistory") > read);
    room.commands(ada, "resolve all is well");
    long end = room.calls("readHistory");
    room.pass(Duration.ofMinutes(125));

    assertEquals(end, room.calls("readHistory"));
    assertEquals(List.of(), filled());
  }
}
