// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

/**
 * What the app answered to a push.
 *
 * @param status the HTTP status; 200 for an acknowledgement in Socket Mode, 0 when nobody answered
 * @param body what stood in the answer; empty for a bare acknowledgement
 */
public record Pushed(int status, String body) {

  /** Nobody answered. */
  public static final Pushed NOBODY = new Pushed(0, "");

  /** The answer came after the three seconds for which Slack waits, so that nobody read it. */
  public static final Pushed LATE = new Pushed(0, "late");

  /** Returns whether Slack takes it as received. */
  public boolean isAcknowledged() {
    return status / 100 == 2;
  }
}
