// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which backups stay. */
class KeptBackupsTest {

  private static Path at(Instant time) {
    return Path.of("/b/muster-" + time.toString().replace("-", "").replace(":", "") + ".db");
  }

  @Test
  void kept_aYearOfHourlyOnes_isTheNewestOf24HoursSevenDaysAndFourWeeks() {
    Instant newest = Instant.parse("2026-11-22T15:00:00Z");
    List<Path> all = new ArrayList<>();
    for (int hour = 0; hour < 24 * 365; hour++) {
      all.add(at(newest.minus(Duration.ofHours(hour))));
    }
    Set<Path> expected = new TreeSet<>(all.subList(0, 24));
    for (String day : List.of("21", "20", "19", "18", "17", "16")) {
      expected.add(at(Instant.parse("2026-11-" + day + "T23:00:00Z")));
    }
    for (String sunday : List.of("2026-11-15", "2026-11-08", "2026-11-01")) {
      expected.add(at(Instant.parse(sunday + "T23:00:00Z")));
    }

    assertEquals(expected, new TreeSet<>(KeptBackups.kept(all, new KeptBackups.Keep(24, 7, 4))));
  }

  @Test
  void kept_rareOnes_staysForHoursInWhichThereWasOne() {
    List<Path> all =
        List.of(
            at(Instant.parse("2026-11-22T15:10:00Z")),
            at(Instant.parse("2026-11-22T15:00:00Z")),
            at(Instant.parse("2026-10-01T01:00:00Z")));

    assertEquals(
        Set.of(all.get(0), all.get(2)), KeptBackups.kept(all, new KeptBackups.Keep(2, 0, 0)));
  }
}
