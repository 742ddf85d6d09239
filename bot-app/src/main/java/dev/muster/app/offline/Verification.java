// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import dev.muster.config.BotConfig;
import dev.muster.store.sql.ChainCheck;
import dev.muster.store.sql.ChainReport;
import java.io.IOException;
import java.nio.file.Path;

/** Checks hash chains: of the store, beside a running bot as well, or of a file. */
public final class Verification {

  private Verification() {}

  /** Checks the store; 0 when everything fits, 1 with the first bad entry of each incident. */
  public static Ending store(BotConfig config) {
    try {
      return told(ChainCheck.check(config.store().url()), config.store().url());
    } catch (IOException e) {
      return Ending.failed(e.getMessage());
    }
  }

  /** Checks a backup. */
  public static Ending file(Path file) {
    try {
      return told(ChainCheck.checkBackup(file), file.toString());
    } catch (IOException e) {
      return Ending.failed(e.getMessage());
    }
  }

  private static Ending told(ChainReport report, String what) {
    if (!report.fits()) {
      return new Ending(
          1,
          String.join("\n", report.problems()),
          what + " was changed behind Muster's back, or is not whole. Keep it as it is.");
    }
    return Ending.fine(
        "%s fits. Entries: %d, of which erased: %d, signed heads: %d."
            .formatted(what, report.entries(), report.erased(), report.checkpoints()));
  }
}
