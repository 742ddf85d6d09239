// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever way a field is filled, nothing in it hides or turns words round. */
class HiddenWordsTest {

  private static final String TURNED = "\u202E";

  @TempDir private Path folder;

  @Test
  void fields_byCommandAndForm_holdOnlyWhatCanBeSeen() {
    try (IncidentRoom room = new IncidentRoom(folder)) {
      Person ada = room.person("ada");
      room.declares(ada, "declare! Checkout " + TURNED + "slow sev2");
      room.commands(ada, "impact " + TURNED + "all of it");
      room.commands(ada, "task restart " + TURNED + "it");
      room.commands(ada, "severity 1 be" + TURNED + "cause");
      room.commands(ada, "update");
      String form = room.world().formsOpenFor(ada).get(0).token();
      assertEquals(
          Map.of(), room.world().submits(ada, form, Map.of("text", TURNED + "we \u200Blook")));
      room.engine().settle();

      assertEquals("Checkout slow", room.incident().title());
      assertEquals("all of it", room.incident().impact());
      assertEquals(
          List.of("we look"), room.engine().texts(IncidentRoom.ID, EntryKind.STATUS_UPDATE_POSTED));
      assertTrue(room.timeline().contains("restart it"));
      assertTrue(
          room.engine().entries(IncidentRoom.ID).stream()
              .filter(entry -> entry.kind() != EntryKind.COMMAND_RUN)
              .noneMatch(entry -> entry.toString().contains(TURNED)),
          "only what was typed is kept as it was");
    }
  }
}
