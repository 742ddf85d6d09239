// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.access.Level;
import dev.muster.signin.ApiTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads what somebody wants of a new token, from a form or a program.
 *
 * @param sources the alert sources there are
 */
record TokenWishes(Supplier<List<String>> sources) {

  private static final String NAME = "[^\\p{Cntrl}\\p{Cf}]{1,64}";
  private static final int DEFAULT_DAYS = 90;

  /** What was read: a wish, or why there is none. */
  record Read(Optional<ApiTokens.Wish> wish, Optional<String> problem) {
    static Read bad(String sentence) {
      return new Read(Optional.empty(), Optional.of(sentence));
    }
  }

  /**
   * Reads fields: {@code name}, either {@code role} or {@code alerts}, and {@code expires} in days.
   */
  Read of(Map<String, String> fields) {
    String name = fields.getOrDefault("name", "").strip();
    if (!name.matches(NAME)) {
      return Read.bad("Say in name whose token it is, 1 to 64 characters, for example deployer.");
    }
    Optional<Duration> life = life(fields.getOrDefault("expires", DEFAULT_DAYS + "d").strip());
    if (life.isEmpty()) {
      return Read.bad("expires is a number of days from 1d to 366d, for example 90d.");
    }
    String role = fields.getOrDefault("role", "").strip();
    String source = fields.getOrDefault("alerts", "").strip();
    if (role.isEmpty() == source.isEmpty()) {
      return Read.bad("Give either role (viewer, responder, approver, admin) or alerts: a source.");
    }
    return source.isEmpty() ? role(name, role, life.get()) : alerts(name, source, life.get());
  }

  private static Read role(String name, String role, Duration life) {
    Optional<Level> level = Level.parse(role);
    return level.isEmpty()
        ? Read.bad("role is one of viewer, responder, approver, admin.")
        : wish(new ApiTokens.Wish(name, level, Optional.empty(), life));
  }

  private Read alerts(String name, String source, Duration life) {
    List<String> known = sources.get();
    return known.contains(source)
        ? wish(new ApiTokens.Wish(name, Optional.empty(), Optional.of(source), life))
        : Read.bad("alerts is one of alerts.sources: " + String.join(", ", known) + ".");
  }

  private static Read wish(ApiTokens.Wish wish) {
    return new Read(Optional.of(wish), Optional.empty());
  }

  private static Optional<Duration> life(String text) {
    if (!text.matches("[1-9][0-9]{0,2}d")) {
      return Optional.empty();
    }
    Duration life = Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
    return Optional.of(life).filter(days -> days.compareTo(ApiTokens.LONGEST) <= 0);
  }
}
