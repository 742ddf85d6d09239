// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

/** What a world can let happen to the next call that changes something. */
public enum Fault {
  /** The call fails on the platform's side before anything is done: an answer like 500. */
  FAILS_BEFORE,
  /** The call is carried out and its answer is lost. */
  LOSES_THE_REPLY,
  /** The call is turned away with a delay, {@link ChatWorld#rateLimit()}. */
  RATE_LIMITED,
  /** The call's credentials are turned away: 401 or 403; so are those of {@code check()}. */
  CREDENTIALS_REFUSED
}
