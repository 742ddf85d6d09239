// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.store.sql.KeptBackups;
import dev.muster.store.sql.StoreBackup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Makes backups that stay, as the program does every hour, in a process of its own: one for each
 * time that it reads. It answers with the file that it made, or why it could not.
 */
public final class BackupChild {

  /** Before the file that was made. */
  static final String MADE = "MADE ";

  /** Before the reason why none was. */
  static final String FAILED = "FAILED ";

  /** Only the newest stays. */
  static final KeptBackups.Keep KEEP = new KeptBackups.Keep(1, 0, 0);

  private BackupChild() {}

  /**
   * Runs until its parent has nothing more to say.
   *
   * @param args the address of the store, and the folder of the backups
   */
  public static void main(String[] args) throws IOException {
    try (BufferedReader parent =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = parent.readLine(); line != null; line = parent.readLine()) {
        System.out.println(made(args[0], Path.of(args[1]), Instant.parse(line)));
      }
    }
  }

  private static String made(String url, Path folder, Instant now) {
    try {
      StoreBackup.Written written = KeptBackups.write(url, folder, KEEP, now);
      return MADE + written.file() + " " + written.problems();
    } catch (IOException e) {
      return FAILED + e.getMessage();
    }
  }
}
