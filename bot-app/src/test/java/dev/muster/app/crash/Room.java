// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.List;

/**
 * A channel as people see it.
 *
 * @param id its id
 * @param name its name
 * @param lines what stands in it
 * @param topic its topic
 * @param invited names of those who were brought in
 */
record Room(String id, String name, List<Line> lines, String topic, List<String> invited) {

  /** Returns whether the card of its incident stands in it, by which people know whose it is. */
  boolean isIntroduced() {
    return lines.stream().anyMatch(line -> line.isCardOf("INC-" + name.split("-")[1]));
  }

  /** Returns how the name of an incident's channel begins. */
  static String begin(String incident) {
    return "inc-" + incident.substring("INC-".length()) + "-";
  }
}
