// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

/** What can be armed for the next call of a method. */
public enum FakeFault {
  /** HTTP 500 and nothing done. */
  FAILS_BEFORE,
  /** Done, then the connection is cut without an answer. */
  LOSES_THE_REPLY,
  /** HTTP 429 with a readable {@code Retry-After}; nothing done. */
  RATE_LIMITED,
  /** HTTP 429 with an unreadable {@code Retry-After}; nothing done. */
  RATE_LIMITED_BLINDLY,
  /** {@code ok: false} with {@code invalid_auth}; nothing done. */
  CREDENTIALS_REFUSED,
  /** Done, then HTTP 200 with a page of HTML. */
  ANSWERS_HTML,
  /** Done, then half of the answer's JSON. */
  ANSWERS_HALF,
  /** Done, then {@code ok: false} with {@code internal_error}. */
  FAILS_AFTER,
  /** Done, then HTTP 503 that invites to send again at once. */
  INVITES_TO_REPEAT
}
