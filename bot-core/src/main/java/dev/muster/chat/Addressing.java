// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * How people address the bot on a platform: what they type before a verb, a space behind it.
 *
 * @param usual where there is room for a command of its own, such as {@code /incident }
 * @param inThreads in a thread, such as {@code @muster }; the same where there is no difference
 */
public record Addressing(String usual, String inThreads) {

  /** By the slash command, everywhere. */
  public static final Addressing BY_SLASH = new Addressing("/incident ", "/incident ");

  /** Returns whether a thread takes another beginning. */
  public boolean differsInThreads() {
    return !usual.equals(inThreads);
  }
}
