// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import dev.muster.config.BotConfig;
import dev.muster.store.sql.KeptBackups;
import dev.muster.store.sql.StoreBackup;
import dev.muster.store.sql.StoreContents;
import dev.muster.store.sql.StoreRestore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes backups of the store, and puts them back. */
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
      if (written.problems().isEmpty()) {
        KeptBackups.made(config.store().url(), written.file());
      }
      String answer =
          "Wrote %s: %s, %s. It is sound."
              .formatted(written.file(), words(written.contents()), more(written));
      return new Ending(0, answer, warning(written));
    } catch (IOException e) {
      return Ending.failed(e);
    }
  }

  /**
   * Puts a backup in the place of the store, while the bot does not run.
   *
   * @return 0 with what was done, 1 when it was refused; then everything is as it was
   */
  public Ending restore(StoreRestore.Wish wish) {
    try {
      StoreRestore.Restored restored = StoreRestore.restore(config.store().url(), wish);
      return new Ending(0, done(wish, restored), advice(restored));
    } catch (IOException e) {
      return Ending.failed(e);
    }
  }

  private static String done(StoreRestore.Wish wish, StoreRestore.Restored restored) {
    return "Restored %s, made at %s, to %s: %s. Next incident: %s.%s"
        .formatted(
            wish.backup(),
            restored.madeAt().truncatedTo(ChronoUnit.SECONDS),
            restored.store(),
            words(restored.contents()),
            restored.next(),
            restored.kept().map(kept -> " The store that was there is " + kept + ".").orElse(""));
  }

  private static String advice(StoreRestore.Restored restored) {
    List<String> lines = new ArrayList<>();
    if (restored.guessed()) {
      lines.add(
          "If more incidents were declared before the store was lost, restore again and name the"
              + " last of them, for example --above INC-42, so that no number is given twice.");
    }
    if (restored.newKey()) {
      lines.add(
          "The key that signed the timeline was not there; a new one was made. If you have a copy"
              + " of the old one, put it in its place before the start.");
    }
    lines.add(
        "Start Muster. It repeats nothing by itself that may have been done since the backup, and"
            + " says so where incidents are announced and in each open one.");
    return String.join("\n", lines);
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
