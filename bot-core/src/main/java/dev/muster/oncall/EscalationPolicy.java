// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import java.time.Duration;
import java.util.List;

/**
 * Whom to ask, and in which order, when nobody acknowledges.
 *
 * @param name what severities and services call it
 * @param levels first level first; 1 to {@value #MAX_LEVELS}; times never go back
 */
public record EscalationPolicy(String name, List<Level> levels) {

  /** More levels than this wake the whole company. */
  public static final int MAX_LEVELS = 20;

  /** Refuses a policy without levels and times that go back. */
  public EscalationPolicy {
    levels = levels == null ? List.of() : List.copyOf(levels);
    require(name != null && !name.isBlank(), "an escalation policy needs a name");
    require(
        !levels.isEmpty() && levels.size() <= MAX_LEVELS,
        "policy " + name + " needs 1 to " + MAX_LEVELS + " levels");
    for (int i = 1; i < levels.size(); i++) {
      require(
          levels.get(i).after().compareTo(levels.get(i - 1).after()) >= 0,
          "policy "
              + name
              + ": level "
              + (i + 1)
              + " comes before level "
              + i
              + "; 'after' counts from the start of the escalation and never goes back");
    }
  }

  /**
   * Who is asked together.
   *
   * @param targets who is asked, at least one; in the configuration the key is {@code notify}
   * @param after how long after the start of the escalation
   */
  public record Level(List<Target> targets, Duration after) {
    /** Refuses a level that asks nobody. */
    public Level {
      targets = targets == null ? List.of() : List.copyOf(targets);
      after = after == null ? Duration.ZERO : after;
      require(
          !targets.isEmpty(),
          "a level asks nobody; name somebody, for example notify: [\"schedule:payments\"]");
      require(!after.isNegative(), "'after' cannot be negative");
    }
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
