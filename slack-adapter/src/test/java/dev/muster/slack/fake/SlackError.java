// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

/** An answer {@code ok: false} of the stand-in, with Slack's error code as message. */
final class SlackError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** More words for the answer: an argument, or the missing scope. */
  private final String detail;

  SlackError(String code) {
    this(code, "");
  }

  SlackError(String code, String detail) {
    super(code);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }

  static void when(boolean wrong, String code) {
    when(wrong, code, "");
  }

  static void when(boolean wrong, String code, String detail) {
    if (wrong) {
      throw new SlackError(code, detail);
    }
  }
}
