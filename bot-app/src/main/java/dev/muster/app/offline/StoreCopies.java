// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import dev.muster.config.BotConfig;
import dev.muster.store.sql.StoreBackup;
import dev.muster.store.sql.StoreContents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes backups of the store. */
public final class StoreCopies {

  private final BotConfig config;

  /** Takes the configuration that names the store. */
  public StoreCopies(BotConfig config) {
    this.config = config;
  }

  /**
   * Writes a backup; the bot may run meanwhile.
   *
   * @return 0 with what was written, 1 when it could not be
   */
  public Ending backup(Path target, Instant now) {
    try {
      StoreBackup.Written written = StoreBackup.write(config.store().url(), target, now);
      String answer =
          "Wrote %s: %s, %s. It is sound."
              .formatted(written.file(), words(written.contents()), more(written));
      return new Ending(0, answer, warning(written));
    } catch (IOException e) {
      return Ending.failed(e.getMessage());
    }
  }

  private static String more(StoreBackup.Written written) {
    return String.format(
        Locale.ROOT,
        "uploaded files: %d, size: %.1f MB",
        written.uploads(),
        written.bytes() / 1048576.0);
  }

  private static String warning(StoreBackup.Written written) {
    return written.problems().isEmpty()
        ? ""
        : "The timeline was changed behind Muster's back, in the store as in this copy: "
            + written.problems().get(0)
            + " To see everything: java -jar muster.jar verify --store";
  }

  /** Says what a store holds, in words. */
  static String words(StoreContents contents) {
    return "incidents: %d, entries: %d, last fact: %s"
        .formatted(
            contents.incidents(),
            contents.entries(),
            contents
                .lastFact()
                .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("none"));
  }
}
