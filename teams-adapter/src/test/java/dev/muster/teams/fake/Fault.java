// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

/**
 * What happens to one call of the adapter.
 *
 * @param kind what goes wrong
 * @param status the HTTP status, for answers
 * @param retryAfterSeconds the Retry-After header; 0 for none
 * @param location the Location header; empty for none
 */
public record Fault(Kind kind, int status, int retryAfterSeconds, String location) {

  /** Creates a fault that leads nowhere else. */
  public Fault(Kind kind, int status, int retryAfterSeconds) {
    this(kind, status, retryAfterSeconds, "");
  }

  /** What can go wrong. */
  public enum Kind {
    /** Nothing is done and the status is answered. */
    ANSWERS_BEFORE,
    /** It is done, and the connection breaks before the answer. */
    LOSES_THE_REPLY,
    /** It is done, and the answer ends in the middle of its JSON. */
    HALF_AN_ANSWER,
    /** The answer waits until {@link FakeTeams#release()}. */
    WAITS
  }

  /** Returns an answer without doing anything. */
  public static Fault answer(int status) {
    return new Fault(Kind.ANSWERS_BEFORE, status, 0);
  }

  /** Returns a refusal that names a delay. */
  public static Fault later(int status, int seconds) {
    return new Fault(Kind.ANSWERS_BEFORE, status, seconds);
  }

  /** Returns an answer that sends the caller elsewhere. */
  public static Fault redirect(int status, String location) {
    return new Fault(Kind.ANSWERS_BEFORE, status, 0, location);
  }

  /** Returns a fault after the deed. */
  public static Fault after(Kind kind) {
    return new Fault(kind, 0, 0);
  }
}
