// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.SharedFile;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of which only their being there is told reach the timeline in any case. */
class KeptFilesTest {

  @TempDir Path folder;

  @Test
  void keptBackFile_withLineBreaksAndTabsInItsName_isWrittenWhenItCannotBeRead() {
    try (IncidentRoom room = new IncidentRoom(folder)) {
      Person ada = room.person("ada");
      room.declares(ada, "declare! Checkout is down");
      SharedFile file = new SharedFile("F1", "a\nlog\tof today", "", 0, "", true);

      room.hears(
          new ChatEvent.MessagePosted(
              room.now(),
              Profile.member(ada),
              Place.of(room.channel(), ""),
              new MessageRef(room.channel(), "M-gone"),
              "see here",
              Optional.empty(),
              List.of(file)));

      assertEquals(
          List.of("a log of today"), room.engine().texts(IncidentRoom.ID, EntryKind.FILE_SHARED));
    }
  }
}
