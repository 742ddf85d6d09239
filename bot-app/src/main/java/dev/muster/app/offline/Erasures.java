// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import dev.muster.chat.UserRef;
import dev.muster.config.BotConfig;
import dev.muster.store.sql.StorePerson;
import dev.muster.store.sql.StoreRedaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes out of the store what should never have been in it. */
public final class Erasures {

  private final BotConfig config;
  private final Supplier<String> ids;

  /**
   * Takes the configuration that names the store.
   *
   * @param ids unique identifiers
   */
  public Erasures(BotConfig config, Supplier<String> ids) {
    this.config = config;
    this.ids = ids;
  }

  /**
   * Reads words, one line each.
   *
   * @param file empty for none
   * @throws IOException when there is no such file, or nothing in it; a sentence for an operator
   */
  public static List<String> words(Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      return List.of();
    }
    if (!Files.isRegularFile(file.get())) {
      throw new IOException("There is no file " + file.get() + ". Put the words into one.");
    }
    List<String> lines =
        Files.readString(file.get(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    if (lines.isEmpty()) {
      throw new IOException(file.get() + " holds no words. Write one line for each.");
    }
    return lines;
  }

  /**
   * Redacts, while the bot does not run.
   *
   * @return 0 with what was done, 1 when it was refused; then everything is as it was
   */
  public Ending redact(StoreRedaction.Wish wish) {
    try {
      StoreRedaction.Done done = StoreRedaction.redact(config.store().url(), wish, ids);
      String answer =
          "Redacted entry %d of %s. Entries changed: %d, other values: %d. The file was written anew."
              .formatted(wish.seq(), wish.incident(), done.entries(), done.values());
      return new Ending(0, answer, left(done.fixed(), done.uploads(), done.copies()));
    } catch (IOException e) {
      return Ending.failed(e);
    }
  }

  /**
   * Puts a pseudonym in the place of a person, while the bot does not run.
   *
   * @return 0 with what was done, 1 when it was refused; then everything is as it was
   */
  public Ending forget(StorePerson.Wish wish) {
    try {
      StorePerson.Forgotten forgotten = StorePerson.forget(config.store().url(), wish, ids);
      StoreRedaction.Done done = forgotten.done();
      String answer =
          "%s is %s from now on. Entries changed: %d, other values: %d. The file was written anew."
              .formatted(wish.user(), forgotten.pseudonym(), done.entries(), done.values());
      return new Ending(0, answer, left(done.fixed(), done.uploads(), done.copies()));
    } catch (IOException e) {
      return Ending.failed(e);
    }
  }

  /**
   * Hands out what is held of a person, as JSON; the bot may run meanwhile.
   *
   * @param out a file that does not exist yet; empty for standard output
   * @return 0 with it, 1 when there is nothing
   */
  public Ending about(UserRef user, Optional<Path> out) {
    try {
      if (out.isEmpty()) {
        return Ending.fine(StorePerson.about(config.store().url(), user));
      }
      StorePerson.about(config.store().url(), user, out.get());
      return Ending.fine("Wrote " + out.get() + ": what is held of " + user + ".");
    } catch (FileAlreadyExistsException e) {
      return Ending.failed(out.orElseThrow() + " exists already. Name a new file with --out.");
    } catch (IOException e) {
      return Ending.failed(e);
    }
  }

  /** What still holds it, in the open. */
  private static String left(long fixed, List<Path> uploads, List<Path> copies) {
    List<String> lines = new ArrayList<>();
    if (fixed > 0) {
      lines.add(
          "Entries that hold it in their identifiers: "
              + fixed
              + ". Those are what the chain is made of and stay.");
    }
    if (!uploads.isEmpty()) {
      lines.add("Uploaded files that hold it, delete them: " + named(uploads));
    }
    if (!copies.isEmpty()) {
      lines.add(
          "Copies of the store from before, backups above all, still hold it: "
              + named(copies)
              + ". Make a new backup, then delete them, and those you keep elsewhere.");
    }
    lines.add(
        "What stands in Slack or Teams stays there: delete it there as well. Archives that were"
            + " exported before still hold it.");
    return String.join("\n", lines);
  }

  private static String named(List<Path> files) {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }
}
