// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the packaged program against its bill of materials, both ways: each part is the jar of that
 * digest and all of its classes are in it, and each file in it comes from a part unchanged.
 */
final class Contents {

  /** What the packaging writes anew from all parts, or makes itself. */
  private static final Set<String> MADE_ANEW =
      Set.of(
          "META-INF/MANIFEST.MF",
          "META-INF/LICENSE",
          "META-INF/LICENSE.txt",
          "META-INF/NOTICE",
          "META-INF/NOTICE.txt");

  private static final String SERVICES = "META-INF/services/";

  private final Map<String, String> packaged;
  private final Map<String, Set<String>> known = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();

  private Contents(Map<String, String> packaged) {
    this.packaged = packaged;
  }

  /**
   * Returns what does not fit; nothing if all does.
   *
   * @param program the packaged program
   * @param own the jar of the application before the others were merged into it
   * @param jars each part with its jar
   */
  static List<String> differences(Path program, Path own, Map<Part, Path> jars) throws IOException {
    Contents contents = new Contents(Bytes.entries(program));
    contents.learn(Bytes.entries(own));
    for (Map.Entry<Part, Path> part : jars.entrySet()) {
      contents.check(part.getKey(), part.getValue());
    }
    contents.strangers();
    return contents.wrong;
  }

  private void check(Part part, Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      wrong.add(part.artifact() + " is listed, and its jar is not there: " + jar);
      return;
    }
    if (!Bytes.sha256(jar).equals(part.sha256())) {
      wrong.add(part.artifact() + " is not the jar of which the list has the digest");
    }
    Map<String, String> entries = Bytes.entries(jar);
    learn(entries);
    List<String> classes = entries.keySet().stream().filter(Contents::isShipped).toList();
    long missing = classes.stream().filter(name -> !packaged.containsKey(name)).count();
    if (missing > 0) {
      wrong.add(part.artifact() + " is listed, and " + missing + " of its classes are missing");
    }
  }

  private void learn(Map<String, String> entries) {
    entries.forEach(
        (name, digest) -> known.computeIfAbsent(name, n -> new HashSet<>()).add(digest));
  }

  /** Module descriptors and annotations of packages that several jars have are left out. */
  private static boolean isShipped(String name) {
    return name.endsWith(".class")
        && !name.endsWith("module-info.class")
        && !name.endsWith("package-info.class")
        && !name.contains("/OSGI-INF/");
  }

  private void strangers() {
    packaged.forEach(
        (name, digest) -> {
          boolean anew = MADE_ANEW.contains(name) || name.startsWith(SERVICES);
          if (!anew && !known.getOrDefault(name, Set.of()).contains(digest)) {
            wrong.add(name + " comes from nothing on the list");
          }
        });
  }
}
