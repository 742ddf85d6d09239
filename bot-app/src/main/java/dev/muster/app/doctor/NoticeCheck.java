// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import dev.muster.chat.ChatEvent;
import dev.muster.store.NoticeBoard;
import dev.muster.store.NoticeBoard.Notice;
import dev.muster.store.sql.StoreReader;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Repeats what Muster asks of operators itself: an examination of some seconds cannot see that a
 * connection is dead or that nothing has come for ten minutes.
 */
final class NoticeCheck {

  private NoticeCheck() {}

  /**
   * Looks at what is asked for.
   *
   * @param running whether Muster runs beside; if not, it cannot know what was mended since
   */
  static List<Finding> look(StoreReader store, boolean running) {
    if (store.damage().isPresent()) {
      return List.of();
    }
    return store.read(tx -> new NoticeBoard(tx).open()).stream()
        .map(notice -> finding(notice, running))
        .toList();
  }

  private static Finding finding(Notice notice, boolean running) {
    String since = "Since " + notice.since().truncatedTo(ChronoUnit.MINUTES) + ": ";
    boolean optional = notice.topic().startsWith(ChatEvent.OperatorNotice.OPTIONAL);
    if (running && optional) {
      return Finding.note(notice.platform(), since + notice.sentence());
    }
    return running
        ? Finding.wrong(notice.platform(), since + notice.sentence())
        : Finding.note(
            notice.platform(), "When Muster last ran, it asked. " + since + notice.sentence());
  }
}
