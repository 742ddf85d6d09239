// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are told about the store. */
class StoreNoticeTest {

  @TempDir Path folder;

  @Test
  void notice_standsUntilItIsOver_andIsWrittenDownOnceEachWay() {
    try (IncidentRoom room = new IncidentRoom(folder)) {
      room.engine().storeNotice("disk", Optional.empty());
      assertTrue(room.engine().journal(EntryKind.OPERATOR_NOTICE).isEmpty());

      room.engine().storeNotice("disk", Optional.of("Make room."));
      room.engine().storeNotice("disk", Optional.of("Make room."));
      assertEquals(1, room.engine().notices().size());
      assertEquals("Make room.", room.engine().notices().get(0).sentence());

      room.engine().storeNotice("disk", Optional.empty());
      room.engine().storeNotice("disk", Optional.empty());
      assertTrue(room.engine().notices().isEmpty());
      assertEquals(2, room.engine().journal(EntryKind.OPERATOR_NOTICE).size());
    }
  }
}
