// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads time zones by their IANA names, old link names included. */
final class Zones {

  /** Three letters that mean a fixed distance from UTC, whatever the season. */
  private static final Map<String, String> FIXED =
      Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00");

  private Zones() {}

  static ZoneId parse(String text) {
    try {
      return ZoneId.of(FIXED.getOrDefault(text, text));
    } catch (DateTimeException e) {
      throw new BadValue("'" + text + "' is no time zone", hint(text));
    }
  }

  /** Returns whether a zone never changes its clocks because it is a number, not a place. */
  static boolean isFixedOffset(ZoneId zone) {
    boolean utc = List.of("UTC", "Etc/UTC", "Z").contains(zone.getId());
    return zone.getRules().isFixedOffset() && !utc;
  }

  private static String hint(String text) {
    String old = ZoneId.SHORT_IDS.get(text);
    if (old != null) {
      return "Did you mean " + old + "?";
    }
    String near = Nearest.suggestion(text, new ArrayList<>(ZoneId.getAvailableZoneIds()));
    return near.isEmpty() ? "Write a name such as Europe/Berlin" : near;
  }
}
