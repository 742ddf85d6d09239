// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import dev.muster.store.Tx;
import dev.muster.store.sql.KeptBackups;
import dev.muster.store.sql.RestoreTrial;
import dev.muster.store.sql.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the store, beside a running bot as well. Writes nothing. */
final class StoreCheck {

  private static final Set<PosixFilePermission> FOR_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private StoreCheck() {}

  /**
   * Looks at the store.
   *
   * @param file the database file
   * @param reader the store, opened; empty when there is none
   */
  static List<Finding> look(Path file, Optional<StoreReader> reader) {
    if (reader.isEmpty()) {
      return List.of(missing(file));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        reader
            .get()
            .damage()
            .map(
                found ->
                    Finding.wrong(
                        "store",
                        file
                            + " is damaged: "
                            + found
                            + ". Stop Muster, then: "
                            + KeptBackups.putBack(file)))
            .orElseGet(() -> contents(file, reader.get())));
    permissions(file).ifPresent(findings::add);
    backup(reader.get()).ifPresent(findings::add);
    trial(reader.get()).ifPresent(findings::add);
    return findings;
  }

  private static Finding contents(Path file, StoreReader reader) {
    int open = reader.read(tx -> tx.incidents().unclosed().size());
    return Finding.ok("store", file + " is sound. Incidents that are not closed: " + open + ".");
  }

  /** Which backup is the newest; one that failed is a notice of its own. */
  private static Optional<Finding> backup(StoreReader reader) {
    if (reader.damage().isPresent()) {
      return Optional.empty();
    }
    return reader
        .read(tx -> tx.note(Tx.NEWEST_BACKUP))
        .map(text -> text.split(" ", 2))
        .map(
            parts ->
                Files.exists(Path.of(parts[1]))
                    ? Finding.ok("store", "The newest backup is " + parts[1] + ".")
                    : Finding.wrong(
                        "store",
                        "The newest backup is gone: "
                            + parts[1]
                            + ". Make one: java -jar muster.jar backup FILE"));
  }

  /** What came of the last trial; one that failed is a notice of its own. */
  private static Optional<Finding> trial(StoreReader reader) {
    if (reader.damage().isPresent()) {
      return Optional.empty();
    }
    return reader
        .read(tx -> tx.note(RestoreTrial.NOTE))
        .map(text -> text.split(" ", 2))
        .filter(parts -> parts[1].equals("fine"))
        .map(parts -> Finding.ok("store", "A restore was tried out and worked: " + parts[0] + "."));
  }

  private static Finding missing(Path file) {
    Path folder = file.getParent();
    while (!Files.exists(folder)) {
      folder = folder.getParent();
    }
    return Files.isDirectory(folder) && Files.isWritable(folder)
        ? Finding.ok("store", file + " does not exist yet. The first start makes it.")
        : Finding.wrong(
            "store",
            "This user may not make "
                + file
                + ". Give it the folder "
                + folder
                + ", or set"
                + " store.url.");
  }

  private static Optional<Finding> permissions(Path file) {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return Optional.empty();
    }
    try {
      boolean open = view.readAttributes().permissions().stream().anyMatch(FOR_OTHERS::contains);
      return open
          ? Optional.of(
              Finding.wrong(
                  "store", "Others on this machine can read the store. Run: chmod 600 " + file))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(Finding.note("store", "The permissions of " + file + " are unreadable."));
    }
  }
}
