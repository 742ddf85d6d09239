// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import java.nio.file.Path;

/**
 * One jar that the packaged program was made of, as its bill of materials names it.
 *
 * @param group the group of its coordinates
 * @param name the artifact of its coordinates
 * @param version its version
 * @param sha256 the digest of the jar
 */
record Part(String group, String name, String version, String sha256) {

  private static final String OURS = "dev.muster";

  /** Returns whether it is a module of this project. */
  boolean isOurs() {
    return group.equals(OURS);
  }

  /** Returns what it is called in lists: group and name. */
  String artifact() {
    return group + ":" + name;
  }

  /** Returns the same without the digest. */
  Part withoutDigest() {
    return new Part(group, name, version, "");
  }

  /** Returns where the jar lies after a build. */
  Path jar(Path root, Path repository) {
    String file = name + "-" + version + ".jar";
    return isOurs()
        ? root.resolve(name).resolve("target").resolve(file)
        : repository.resolve(group.replace('.', '/')).resolve(name).resolve(version).resolve(file);
  }
}
