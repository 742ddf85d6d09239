// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

/**
 * What can be armed for the next call of a method; the faults that a client of Slack must survive,
 * as the reliability catalogue names them (F20 to F23).
 */
public enum FakeFault {
  /** HTTP 500 and nothing done. */
  FAILS_BEFORE(false),
  /** The connection is cut before anything is done. */
  CUTS_BEFORE(false),
  /** Done, then the connection is cut without an answer. */
  LOSES_THE_REPLY(true),
  /** Done, and answered only after {@link FakeSlack#DELAY}. */
  DELAYS(true),
  /** HTTP 429 with a readable {@code Retry-After}; nothing done. */
  RATE_LIMITED(false),
  /** HTTP 429 with an unreadable {@code Retry-After}; nothing done. */
  RATE_LIMITED_BLINDLY(false),
  /** HTTP 200 with {@code ok: false} and {@code ratelimited}; nothing done. */
  RATE_LIMITED_POLITELY(false),
  /** {@code ok: false} with {@code invalid_auth}; nothing done. */
  CREDENTIALS_REFUSED(false),
  /** Done, then HTTP 500. */
  BREAKS_AFTER(true),
  /** Done, then HTTP 200 with a page of HTML. */
  ANSWERS_HTML(true),
  /** Done, then half of the answer's JSON. */
  ANSWERS_HALF(true),
  /** Done, then HTTP 200 with nothing in it. */
  ANSWERS_NOTHING(true),
  /** Done, then a small answer that unpacks to 64 MiB. */
  ANSWERS_A_BOMB(true),
  /** Done, then the right answer under the type of an image. */
  ANSWERS_AS_IMAGE(true),
  /** Done, then {@code ok: false} with {@code internal_error}. */
  FAILS_AFTER(true),
  /** Done, then {@code ok: false} with {@code fatal_error}. */
  FATAL_AFTER(true),
  /** Done, then HTTP 503 that invites to send again at once. */
  INVITES_TO_REPEAT(true);

  private final boolean done;

  FakeFault(boolean done) {
    this.done = done;
  }

  /** Returns whether the call is carried out, whatever the caller hears. */
  public boolean isDone() {
    return done;
  }
}
