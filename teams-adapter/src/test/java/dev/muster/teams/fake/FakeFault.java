// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

/**
 * What can be armed for the next call of a kind; the faults that a client of the Bot Connector and
 * of Graph must survive, as the reliability catalogue names them (F20 to F23, F50).
 */
public enum FakeFault {
  /** HTTP 500 and nothing done. */
  FAILS_BEFORE(false),
  /** The connection is cut before anything is done. */
  CUTS_BEFORE(false),
  /** Done, then the connection is cut without an answer. */
  LOSES_THE_REPLY(true),
  /** HTTP 429 with seconds in {@code Retry-After}; nothing done. */
  RATE_LIMITED(false),
  /** HTTP 429 with a date in {@code Retry-After}; nothing done. */
  RATE_LIMITED_BY_DATE(false),
  /** HTTP 429 with an unreadable {@code Retry-After}; nothing done. */
  RATE_LIMITED_BLINDLY(false),
  /** HTTP 412, which Teams answers when two calls meet; nothing done. */
  NOT_NOW(false),
  /** HTTP 401; nothing done. */
  CREDENTIALS_REFUSED(false),
  /** Done, and answered a second before the caller would give up ({@link SlowWire}). */
  ANSWERS_SLOWLY(true),
  /** Done, and answered after the caller gave up ({@link SlowWire}). */
  ANSWERS_TOO_LATE(true),
  /** Done, then HTTP 408. */
  TOO_SLOW(true),
  /** Done, then HTTP 500. */
  BREAKS_AFTER(true),
  /** Done, then HTTP 502 with a page of HTML, as gateways answer. */
  BAD_GATEWAY_AFTER(true),
  /** Done, then HTTP 504. */
  GATEWAY_TIMES_OUT(true),
  /** Done, then HTTP 503 that invites to send again at once. */
  INVITES_TO_REPEAT(true),
  /** Done, then HTTP 200 with a page of HTML. */
  ANSWERS_HTML(true),
  /** Done, then half of the answer's JSON; a whole one where there is no body. */
  ANSWERS_HALF(true),
  /** Done, then HTTP 200 with nothing in it. */
  ANSWERS_NOTHING(true),
  /** Done, then a small answer that unpacks to 64 MiB. */
  ANSWERS_A_BOMB(true),
  /** Done, then the right answer under the type of an image. */
  ANSWERS_AS_IMAGE(true);

  private final boolean done;

  FakeFault(boolean done) {
    this.done = done;
  }

  /** Returns whether the call is carried out, whatever the caller hears. */
  public boolean isDone() {
    return done;
  }
}
