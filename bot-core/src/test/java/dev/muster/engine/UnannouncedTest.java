// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelSpec;
import dev.muster.chat.Person;
import dev.muster.chat.spi.OnceKey;
import dev.muster.testkit.SettingsDraft;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That incidents are announced nowhere is told to operators, and only while it is so. */
final class UnannouncedTest {

  @TempDir private Path folder;

  private static List<String> asked(IncidentRoom room) {
    return room.engine().notices().stream()
        .map(notice -> notice.platform() + " " + notice.topic() + ": " + notice.sentence())
        .toList();
  }

  @Test
  void channelOfAnnouncements_thatIsMissing_isAskedForUntilItIsThere() {
    try (IncidentRoom room =
        new IncidentRoom(
            folder, s -> SettingsDraft.of(s).announcing(IncidentRoom.CHAT, "news").done())) {
      Person ada = room.person("ada");
      room.declares(ada, "declare! Checkout is down");
      room.engine().settle();

      List<String> asked = asked(room);
      assertEquals(1, asked.size(), asked::toString);
      assertTrue(
          asked.get(0).startsWith("chat announcements: Incidents are not announced: "),
          asked::toString);

      room.commands(ada, "severity 1 the whole shop is down");
      room.engine().settle();
      assertEquals(asked, asked(room));

      room.world()
          .platform()
          .openChannel(OnceKey.first("news", room.now()), new ChannelSpec("news", "", false));
      room.declares(ada, "declare! Search is slow");
      room.engine().settle();

      assertEquals(List.of(), asked(room));
    }
  }
}
