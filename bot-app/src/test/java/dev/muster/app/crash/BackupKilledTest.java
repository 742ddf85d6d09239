// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.crash.CrashImage.Unsynced;
import dev.muster.store.sql.ChainCheck;
import dev.muster.store.sql.KeptBackups;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup is killed, or the power fails, after each thing it does. There is a whole one all the
 * time and none that is half, the store opens, and the next backup sweeps away what was left.
 */
@Tag("proof")
final class BackupKilledTest {

  private static final Duration HOUR = Duration.ofHours(1);

  /** Writes come in long rows; of those this many are passed over. */
  private static final int EVERY_WRITE = 12;

  @TempDir private Path folder;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> left = new TreeSet<>();
  private int images;

  @Test
  void backup_killedAfterEachStep_leavesTheOldOneOrTheNewAndNothingHalf() throws Exception {
    Path data = folder.resolve("data");
    try (BackupGround ground = new BackupGround(data)) {
      KeptBackups.write(
          BackupGround.url(data), BackupGround.backups(data), BackupChild.KEEP, BackupGround.NOON);
      Map<String, byte[]> before = BackupGround.files(data);
      DiskWindow disk = new DiskWindow(data, folder.resolve("disk"));
      ground.begin(disk.recording());
      String said = ground.backUp(HOUR);
      assertTrue(said.startsWith(BackupChild.MADE), said);
      List<DiskLog.Line> log = DiskLog.read(disk.log());
      for (int cut = 0; cut <= log.size(); cut++) {
        if (isWorthIt(log, cut)) {
          look(before, log.subList(0, cut), Unsynced.EVERYTHING);
          look(before, log.subList(0, cut), Unsynced.NOTHING);
        }
      }
    }
    assertEquals(List.of(), problems);
    assertTrue(images > 40, images + " images");
    System.out.println(images + " images, in which lay " + left);
    assertTrue(left.stream().anyMatch(name -> name.endsWith(".writing")), "some were half");
    assertTrue(left.stream().anyMatch(name -> name.endsWith("-journal")), left::toString);
  }

  private static boolean isWorthIt(List<DiskLog.Line> log, int cut) {
    return cut == log.size()
        || log.get(cut).kind() != DiskLog.Kind.WRITE
        || cut > 0 && log.get(cut - 1).kind() != DiskLog.Kind.WRITE
        || cut % EVERY_WRITE == 0;
  }

  private void look(Map<String, byte[]> before, List<DiskLog.Line> log, Unsynced fate)
      throws IOException {
    Path data = folder.resolve("image-" + images++);
    CrashImage.of(before, log, fate, new Random(1)).into(data);
    String where = fate + " after " + log.size() + ": ";
    List<String> names = BackupGround.names(data);
    left.addAll(names);
    List<String> whole = names.stream().filter(name -> name.endsWith(".db")).toList();
    if (whole.isEmpty()) {
      problems.add(where + "there is no backup any more");
    }
    for (String each : whole) {
      if (!ChainCheck.checkBackup(BackupGround.backups(data).resolve(each)).fits()) {
        problems.add(where + each + " is not whole");
      }
    }
    try (SqlStore store = BackupGround.open(data)) {
      assertEquals(BackupGround.expectedFacts(), BackupGround.facts(store), where);
    }
    Instant later = BackupGround.NOON.plus(HOUR.multipliedBy(2));
    StoreBackup.Written next =
        KeptBackups.write(
            BackupGround.url(data), BackupGround.backups(data), BackupChild.KEEP, later);
    if (!next.problems().isEmpty()
        || !BackupGround.names(data).equals(List.of("muster-20261120T140000Z.db"))) {
      problems.add(where + next.problems() + BackupGround.names(data));
    }
  }
}
