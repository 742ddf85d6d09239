// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

/**
 * What a modal carries so that its submission is known again: the form's token and the channel it
 * was asked for in. No authority lies in it; the store decides what a token may do.
 *
 * @param token the form's opaque token
 * @param channel a channel id, or empty
 */
public record FormMark(String token, String channel) {

  static String write(String token, String channel) {
    return channel + "|" + token;
  }

  /** Reads a modal's mark; a foreign text gives an unknown token. */
  public static FormMark read(String metadata) {
    String text = metadata == null ? "" : metadata;
    int bar = text.indexOf('|');
    return bar < 0
        ? new FormMark(text, "")
        : new FormMark(text.substring(bar + 1), text.substring(0, bar));
  }
}
