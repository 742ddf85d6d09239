// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

/** An answer {@code ok: false} of the stand-in, with Slack's error code as message. */
final class SlackError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SlackError(String code) {
    super(code);
  }

  static void when(boolean wrong, String code) {
    if (wrong) {
      throw new SlackError(code);
    }
  }
}
