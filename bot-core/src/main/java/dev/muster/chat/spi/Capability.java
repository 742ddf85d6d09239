// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

/** What a platform can do natively. The core asks for a meaning; the adapter falls back. */
public enum Capability {
  /** Messages can hang under another message. */
  THREADS,
  /** Commands can be given in a thread, and not only in the channel itself. */
  COMMANDS_IN_THREADS,
  /** One person can be answered in a channel without others seeing it. */
  PRIVATE_ANSWERS,
  /** Forms can be opened after a press or command. */
  FORMS,
  /** Field errors go back into the open form. */
  FIELD_ERRORS,
  /** Messages can be pinned. */
  PINS,
  /** Links can be put at the head of a channel. */
  BOOKMARKS,
  /** A channel has a topic. */
  TOPIC,
  /** Channels only members see. */
  PRIVATE_CHANNELS,
  /** People can be added to one channel alone. */
  INVITATIONS,
  /** Reactions of people are heard. */
  REACTIONS_HEARD,
  /** Every message of a channel is heard, not only those addressed to the bot. */
  ALL_MESSAGES_HEARD,
  /** Past messages can be read. */
  HISTORY,
  /** A channel can be archived and brought back. */
  ARCHIVE,
  /** Files can be posted. */
  FILES,
  /** A screen of its own per person. */
  HOME
}
