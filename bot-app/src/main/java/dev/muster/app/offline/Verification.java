// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import dev.muster.config.BotConfig;
import dev.muster.store.sql.BundleCheck;
import dev.muster.store.sql.ChainCheck;
import dev.muster.store.sql.ChainReport;
import dev.muster.store.sql.StoreReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Checks hash chains: of the store, beside a running bot as well, or of a file. */
public final class Verification {

  private Verification() {}

  /** Checks the store; 0 when everything fits, 1 with the first bad entry of each incident. */
  public static Ending store(BotConfig config) {
    try {
      String url = config.store().url();
      return told(ChainCheck.check(url), "The store " + StoreReader.file(url));
    } catch (IOException e) {
      return Ending.failed(e);
    }
  }

  /** Checks an exported archive by what is in it alone, or a backup. */
  public static Ending file(Path file) {
    try {
      if (BundleCheck.isArchive(file)) {
        return told(BundleCheck.check(file), file.toString());
      }
      return told(ChainCheck.checkBackup(file), file.toString());
    } catch (IOException e) {
      return Ending.failed(e);
    }
  }

  private static Ending told(ChainReport report, String what) {
    return report.fits()
        ? Ending.fine(
            "%s fits. Entries: %d, of which erased: %d, signed heads: %d. Key: %s."
                .formatted(
                    what,
                    report.entries(),
                    report.erased(),
                    report.checkpoints(),
                    report.fingerprint()))
        : broken(report.problems(), what);
  }

  private static Ending told(BundleCheck.Found found, String what) {
    return found.problems().isEmpty()
        ? new Ending(
            0,
            "%s fits: %s. Entries: %d, of which erased: %d. Key: %s."
                .formatted(
                    what, found.incident(), found.entries(), found.erased(), found.fingerprint()),
            "Compare the key with the one that verify --store names where it was exported.")
        : broken(found.problems(), what);
  }

  private static Ending broken(List<String> problems, String what) {
    return new Ending(
        1,
        String.join("\n", problems),
        what + " was changed behind Muster's back, or is not whole. Keep it as it is.");
  }
}
