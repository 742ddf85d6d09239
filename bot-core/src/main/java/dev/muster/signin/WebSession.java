// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin;

import dev.muster.access.Level;
import java.time.Duration;
import java.time.Instant;

/**
 * Somebody who is signed in, in one browser. The store holds it under a hash, so that whoever reads
 * the store cannot take it over.
 *
 * @param hash fingerprint of the secret that the browser holds
 * @param name who it is, in the built-in chat
 * @param level what they may do here
 * @param browser what the browser calls itself, shortened
 * @param terms fingerprint of the settings under which it began; other settings end it
 * @param began when they signed in
 * @param seen when it was last used, at most a minute late
 */
public record WebSession(
    String hash,
    String name,
    Level level,
    String browser,
    String terms,
    Instant began,
    Instant seen) {

  /** Nobody is signed in longer than this. */
  public static final Duration LONGEST = Duration.ofHours(8);

  /** A browser that asks for nothing this long has to sign in again. */
  public static final Duration IDLE = Duration.ofMinutes(30);

  private static final int ID = 16;

  /** Returns whether it holds at that instant; a clock that was set back ends it as well. */
  public boolean holds(Instant now) {
    return !now.isBefore(began.minus(Sessions.TOUCH))
        && now.isBefore(began.plus(LONGEST))
        && now.isBefore(seen.plus(IDLE));
  }

  /** Returns when it ends at the latest. */
  public Instant ends() {
    return began.plus(LONGEST);
  }

  /** Returns what names it on pages; whoever knows it cannot use the session. */
  public String id() {
    return hash.substring(0, ID);
  }
}
