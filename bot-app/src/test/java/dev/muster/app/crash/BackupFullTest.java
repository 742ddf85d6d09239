// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.crash.DiskWindow.Order;
import dev.muster.store.sql.ChainCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the backups fills up in the middle of one: it says so and leaves nothing behind. */
@Tag("proof")
final class BackupFullTest {

  private static final String BEFORE = "muster-20261120T120000Z.db";

  @TempDir private Path folder;

  @Test
  void backup_whoseDiskFillsUpInTheMiddle_isToldAndLeavesNoHalfFile() throws Exception {
    Path data = folder.resolve("data");
    try (BackupGround ground = new BackupGround(data)) {
      Files.createDirectories(BackupGround.backups(data));
      DiskWindow disk = new DiskWindow(BackupGround.backups(data), folder.resolve("disk"));
      disk.set(Order.ROOM_ON, 1);
      disk.set(Order.SIZE, 1L << 30);
      disk.set(Order.CLAIMED, 1L << 30);
      disk.set(Order.ROOM, 1L << 30);
      ground.begin(disk.failing());
      assertTrue(ground.backUp(Duration.ZERO).startsWith(BackupChild.MADE));
      long whole = Files.size(BackupGround.backups(data).resolve(BEFORE));

      for (int part = 0; part < 20; part++) {
        disk.set(Order.ROOM, whole * part / 20);
        String said = ground.backUp(Duration.ofHours(1));
        assertTrue(said.startsWith(BackupChild.FAILED) && said.contains("full"), said);
        assertEquals(List.of(BEFORE), BackupGround.names(data), "with room for part " + part);
      }

      disk.set(Order.ROOM, 1L << 30);
      assertTrue(ground.backUp(Duration.ofHours(1)).startsWith(BackupChild.MADE));
      assertEquals(List.of("muster-20261120T130000Z.db"), BackupGround.names(data));
      Path made = BackupGround.backups(data).resolve("muster-20261120T130000Z.db");
      assertTrue(ChainCheck.checkBackup(made).fits());
    }
  }
}
