// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** What an operator reads when the system refuses a file. */
final class EndingTest {

  @Test
  void failed_refusedByTheSystem_isASentenceThatHelps() {
    assertEquals(
        "This user may not read or write /backups/.b.db.writing. Run the command as the user that"
            + " Muster runs as, or name a file elsewhere.",
        Ending.failed(new AccessDeniedException("/backups/.b.db.writing")).message());
    assertEquals(
        "The file could not be read or written: /backups/b.db: Not a directory.",
        Ending.failed(new FileSystemException("/backups/b.db", null, "Not a directory")).message());
    assertEquals(
        "The file could not be read or written: No space left on device.",
        Ending.failed(new IOException("No space left on device")).message());
  }

  @Test
  void failed_withASentenceOfOurs_isThatSentence() {
    String ours = "There is no folder /backups. Make it: mkdir -p /backups";

    Ending ended = Ending.failed(new IOException(ours));

    assertEquals(ours, ended.message());
    assertEquals(1, ended.code());
  }
}
