// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.config.Outbound;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads all runbooks of a folder; each file holds one. */
final class RunbookFolder {

  /** More files than this are not runbooks. */
  private static final int MOST_FILES = 500;

  private final Problems problems;
  private final Function<String, String> env;
  private final Fingerprint fingerprint;
  private final Set<String> names = new HashSet<>();

  RunbookFolder(Problems problems, Function<String, String> env, Fingerprint fingerprint) {
    this.problems = problems;
    this.env = env;
    this.fingerprint = fingerprint;
  }

  /**
   * Reads the folder.
   *
   * @param folder where the runbooks are
   * @param shown how the operator named the folder
   * @param written whether the file names the folder, so that it must exist
   * @param outbound which addresses they may call
   */
  List<Runbook> read(Path folder, String shown, boolean written, Outbound outbound) {
    if (!Files.isDirectory(folder)) {
      if (written) {
        problems.at("runbooks", "There is no folder " + shown, "Make it, or name another");
      }
      return List.of();
    }
    List<Runbook> runbooks = new ArrayList<>();
    Map<String, String> fileOf = new HashMap<>();
    for (Path file : files(folder)) {
      String name = Path.of(shown).resolve(file.getFileName()).toString();
      Problems own = new Problems(name);
      runbook(file, own, outbound).ifPresent(runbook -> addOnce(runbook, runbooks, fileOf, own));
      problems.addAll(own);
    }
    return List.copyOf(runbooks);
  }

  /** Returns the names of all runbooks that were found, also of those that have problems. */
  Set<String> names() {
    return names;
  }

  private List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files =
          all.filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
      if (files.size() > MOST_FILES) {
        problems.at("runbooks", "The folder has more than " + MOST_FILES + " files", "");
      }
      return files;
    } catch (IOException e) {
      problems.at("runbooks", "The folder cannot be read", "Check its rights");
      return List.of();
    }
  }

  private Optional<Runbook> runbook(Path file, Problems own, Outbound outbound) {
    Optional<byte[]> bytes = SourceFile.read(file, own);
    bytes.ifPresent(fingerprint::add);
    Optional<RunbookFile> read =
        bytes
            .flatMap(found -> Characters.decode(found, own))
            .flatMap(text -> YamlReader.read(text, own))
            .flatMap(root -> bind(root, file, own));
    Optional<Runbook> runbook =
        read.map(found -> found.runbook(Fingerprint.of(bytes.orElseThrow())));
    runbook.ifPresent(found -> check(found, own, outbound));
    return own.none() ? runbook : Optional.empty();
  }

  private Optional<RunbookFile> bind(Node root, Path file, Problems own) {
    if (root instanceof Node.Mapping mapping
        && mapping.get("name").orElse(root) instanceof Node.Text name) {
      names.add(name.value());
    }
    Placeholders placeholders = new Placeholders(env, file.toAbsolutePath().getParent(), own);
    return Binder.resolving(own, placeholders).bind(RunbookFile.class, root, "", Set.of());
  }

  private static void addOnce(
      Runbook runbook, List<Runbook> runbooks, Map<String, String> fileOf, Problems own) {
    String first = fileOf.putIfAbsent(runbook.name(), own.file());
    if (first == null) {
      runbooks.add(runbook);
    } else {
      own.at("name", "There is another runbook " + runbook.name(), "It is in " + first);
    }
  }

  private static void check(Runbook runbook, Problems own, Outbound outbound) {
    for (int i = 0; i < runbook.steps().size(); i++) {
      Step step = runbook.steps().get(i);
      String path = Paths.item("steps", i);
      if (step.kind() == Step.Kind.WEBHOOK) {
        address(step, Paths.key(path, "url"), own, outbound);
      }
      if (runbook.rollback() && step.kind() == Step.Kind.WEBHOOK && !step.needsApproval()) {
        own.warnAt(
            Paths.key(path, "approval"),
            "A rollback calls an address without a second person's consent",
            "Write approval: required");
      }
    }
  }

  /** Names in braces stand behind the host, so the origin is fixed and can be compared now. */
  private static void address(Step step, String path, Problems own, Outbound outbound) {
    String origin = step.url().replaceFirst("^([A-Za-z]+://[^/?]*).*$", "$1");
    if (!outbound.allows(URI.create(origin))) {
      own.at(
          path,
          "Runbooks may not call " + origin,
          "Add it to the main file: outbound: { allow: [\"" + origin + "\"] }");
    }
  }
}
