// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of the last check: what is shipped, what is newer, and what is known about it. */
final class CheckPage {

  /** Everything above this line is written by hand. */
  static final String FROM_HERE = "<!-- tools/dependency-check writes from here -->";

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^ |]+) \\| .*$");

  private final List<Part> parts;
  private final List<Advisory> advisories;
  private final List<Newer> newer;

  CheckPage(List<Part> parts, List<Advisory> advisories, List<Newer> newer) {
    this.parts =
        parts.stream()
            .filter(part -> !part.isOurs())
            .sorted(Comparator.comparing(Part::artifact))
            .toList();
    this.advisories = advisories;
    this.newer = newer;
  }

  /** Returns which library in which version such a page lists. */
  static Map<String, String> listed(String page) {
    Map<String, String> found = new TreeMap<>();
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      found.put(row.group(1), row.group(2));
    }
    return found;
  }

  /** Returns what concerns a shipped version and has no answer. */
  List<String> open() {
    List<String> open = new ArrayList<>();
    for (Part part : parts) {
      advisories.stream()
          .filter(known -> known.concerns(part) && known.answer().isEmpty())
          .forEach(known -> open.add(known.id() + " concerns " + part.artifact()));
    }
    return open;
  }

  /** Writes the part of the page that is not written by hand. */
  String write(LocalDate day) {
    StringBuilder page = new StringBuilder(FROM_HERE).append("\n\n");
    page.append("Last check: **").append(day).append("**. ");
    page.append(parts.size()).append(" libraries, ");
    page.append(advisories.size()).append(" advisories, ");
    page.append(open().size()).append(" that concern a shipped version and have no answer.\n\n");
    answered(page);
    page.append("| library | shipped | newest seen | advisories known, none of this version |\n");
    page.append("|---|---|---|---|\n");
    for (Part part : parts) {
      page.append("| `").append(part.artifact()).append("` | ").append(part.version());
      page.append(" | ").append(newest(part)).append(" | ").append(known(part)).append(" |\n");
    }
    return page.toString();
  }

  private void answered(StringBuilder page) {
    for (Part part : parts) {
      for (Advisory known : advisories) {
        if (known.concerns(part)) {
          String answer = known.answer().isEmpty() ? "**open**" : known.answer();
          page.append("- ").append(known.id()).append(", ").append(known.what());
          page.append(" (`").append(part.artifact()).append("` ").append(known.affected());
          page.append("): ").append(answer).append("\n\n");
        }
      }
    }
  }

  private String newest(Part part) {
    return newer.stream()
        .filter(known -> known.goesFor(part))
        .map(Newer::newest)
        .findFirst()
        .orElse("");
  }

  private String known(Part part) {
    return String.join(
        " ",
        advisories.stream()
            .filter(known -> known.names(part) && !known.concerns(part))
            .map(Advisory::id)
            .toList());
  }
}
