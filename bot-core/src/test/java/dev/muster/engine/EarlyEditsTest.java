// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertRule;
import dev.muster.chat.ChatEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edit that is heard before the alert message it changes. */
class EarlyEditsTest {

  private static final String RESOLVED = "[RESOLVED] HighLatency (eu-1 api warning) | http://a/";

  @TempDir private Path folder;
  private AlertRoom room;

  @BeforeEach
  void open() {
    room = new AlertRoom(folder, AlertRule.defaults());
  }

  @AfterEach
  void close() {
    room.close();
  }

  private ChatEvent posted(String id, String name) {
    String line = "[FIRING:1] " + name + " (eu-1 api warning) | http://a/";
    return room.posting(id, room.now(), "[FIRING:1] " + name, line, Optional.empty());
  }

  private ChatEvent edited(String id, int seconds, String title, String line) {
    return room.rewriting(id, room.now().plusSeconds(seconds), title, line);
  }

  @Test
  void messageAndItsEdits_inEveryOrder_endAsTheNewestEditSays() {
    List<String> ends = new ArrayList<>();
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int[] order : orders) {
      String id = "M" + ends.size();
      String name = "Latency" + ends.size();
      String second = "[FIRING:2] " + name + " (eu-1 api warning) | http://a/";
      String third = "[FIRING:3] " + name + " (eu-1 api critical) | http://a/";
      List<ChatEvent> events =
          List.of(
              posted(id, name),
              edited(id, 10, "[FIRING:2] " + name, second),
              edited(id, 20, "[FIRING:3] " + name, third));
      for (int number : order) {
        room.hears(events.get(number));
      }
      ends.add(room.answer(id).replaceAll("INC-[0-9]", "INC-n"));
      room.advance(Duration.ofMinutes(20));
    }

    assertEquals(6, room.alerts().size());
    room.alerts()
        .forEach(
            alert -> assertEquals("3", alert.latest().annotations().get("alerts in the group")));
    assertEquals(1, ends.stream().distinct().count(), ends.toString());
  }

  @Test
  void message_resolvedByAnEditHeardBefore_isNoLongerAnIncident() {
    close();
    room = new AlertRoom(folder, List.of(AlertChannelsTest.rule(Map.of())));

    room.hears(edited("M1", 10, "[RESOLVED] HighLatency", RESOLVED));
    room.hears(posted("M1", "HighLatency"));

    assertEquals(0, room.engine().incidents());
    assertEquals(Alert.Status.RESOLVED, room.alerts().get(0).latest().status());
  }

  @Test
  void edit_thatStatesNoAlert_leavesNothingBehind() {
    room.hears(edited("M1", 10, "Build 17 is green", "Build 17 is green"));
    room.hears(posted("M1", "HighLatency"));

    assertTrue(room.answer("M1").contains("HighLatency"), room.answer("M1"));
    assertEquals(
        Optional.empty(),
        room.engine().read(tx -> tx.note(EarlyEdits.NOTE + room.channel() + "/M1")));
  }
}
