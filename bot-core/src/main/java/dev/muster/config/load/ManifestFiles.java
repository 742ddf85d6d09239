// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.config.ConfigProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Looks at the app manifests that lie beside the main file, one folder per platform. They are
 * uploaded by people and never used by the program, so they are checked for their syntax only.
 */
public final class ManifestFiles {

  private static final List<String> NAMES =
      List.of("manifest.yaml", "manifest.yml", "manifest.json");

  private ManifestFiles() {}

  /**
   * Checks the manifests beside a main file.
   *
   * @param mainFile the main file, as the operator named it
   * @param platforms names of platforms
   */
  public static List<ConfigProblem> checkBeside(Path mainFile, Collection<String> platforms) {
    List<ConfigProblem> problems = new ArrayList<>();
    for (String platform : platforms) {
      for (String name : NAMES) {
        Path file = mainFile.resolveSibling(platform).resolve(name);
        if (Files.exists(file)) {
          problems.addAll(check(file));
        }
      }
    }
    return problems.stream().sorted().toList();
  }

  /** Every JSON file is a YAML file as well, so one reader does for both. */
  static List<ConfigProblem> check(Path file) {
    Problems problems = new Problems(file.toString());
    SourceFile.read(file, problems)
        .flatMap(bytes -> Characters.decode(bytes, problems))
        .flatMap(text -> YamlReader.read(text, problems))
        .filter(root -> !(root instanceof Node.Mapping))
        .ifPresent(root -> problems.add(root.place(), "", "A manifest is a group of keys", ""));
    return problems.errors();
  }
}
