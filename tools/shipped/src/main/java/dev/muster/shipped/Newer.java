// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A library of which there is a newer version.
 *
 * @param group its group
 * @param name its name
 * @param used the version that the project names
 * @param newest the newest there is
 */
record Newer(String group, String name, String used, String newest) {

  private static final Pattern LINE =
      Pattern.compile("(?m)^(?:\\[INFO])?\\s+([\\w.-]+):([\\w.-]+) \\.+ (\\S+) -> (\\S+)\\s*$");

  /** Reads what the versions plugin of Maven says. */
  static List<Newer> read(String report) {
    List<Newer> found = new ArrayList<>();
    Matcher line = LINE.matcher(report);
    while (line.find()) {
      found.add(new Newer(line.group(1), line.group(2), line.group(3), line.group(4)));
    }
    return found;
  }

  /** Returns whether it is this library, or one that comes with it at the same version. */
  boolean goesFor(Part part) {
    boolean together = part.group().startsWith(group) && part.version().equals(used);
    return part.artifact().equals(group + ":" + name) || together;
  }
}
