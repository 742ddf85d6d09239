// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.Memory.Entry;
import dev.muster.chat.spi.Memory.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Forgets what repeatable requests made once nobody repeats them any more. Each turn looks at a
 * bounded part; the next one goes on there. One thread at a time.
 */
final class KeptAnswers {

  /** Longer than a delivery's key is known, so that no key is known by half. */
  static final Duration KEPT = Duration.ofDays(9);

  static final int A_TURN = 500;
  private static final int PARTS = 3;

  private final Memory memory;
  private final InstantSource clock;
  private String place = "";

  KeptAnswers(Memory memory, InstantSource clock) {
    this.memory = memory;
    this.clock = clock;
  }

  /** Does one turn; returns whether more is to be looked at. */
  boolean turn() {
    List<Entry> page = memory.scan(Repeatable.KEPT, place, A_TURN);
    Instant since = clock.instant().minus(KEPT);
    List<Write> gone =
        page.stream()
            .filter(entry -> isOlder(entry.value(), since))
            .map(entry -> Write.remove(entry.key()))
            .toList();
    if (!gone.isEmpty()) {
      memory.put(gone);
    }
    boolean more = page.size() == A_TURN;
    place = more ? page.get(page.size() - 1).key() : "";
    return more;
  }

  /** Records without an instant were written before there was one in them. */
  private static boolean isOlder(String value, Instant since) {
    String[] parts = value.split(" ", PARTS);
    return parts.length < PARTS || Instant.parse(parts[2]).isBefore(since);
  }
}
