// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin;

import dev.muster.access.Level;
import java.time.Instant;
import java.util.Optional;

/**
 * A token of a program. The token itself was shown once and is kept nowhere.
 *
 * @param id names it, on pages and at the beginning of the token
 * @param name whose it is
 * @param level what it may do; empty for one that may only send alerts
 * @param source the alert source it may send for; empty for all others
 * @param sha256 fingerprint of the whole token
 * @param by who made it
 * @param created when it was made
 * @param expires from when on it holds no more
 * @param used when it was last used, at most a minute late; empty for never
 * @param revoked when it was revoked; empty while it holds
 */
public record ApiToken(
    String id,
    String name,
    Optional<Level> level,
    Optional<String> source,
    String sha256,
    String by,
    Instant created,
    Instant expires,
    Optional<Instant> used,
    Optional<Instant> revoked) {

  /** Returns why it does not hold now; empty when it does. */
  public Optional<String> flaw(Instant now) {
    if (revoked.isPresent()) {
      return Optional.of("revoked");
    }
    return now.isBefore(expires) ? Optional.empty() : Optional.of("expired");
  }

  /** Returns what it may do, as people and programs read it. */
  public String may() {
    return level.map(Level::word).orElseGet(() -> "alerts of " + source.orElse(""));
  }
}
