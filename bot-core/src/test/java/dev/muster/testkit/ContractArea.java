// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

/**
 * The parts of the chat contract. A world that does not reach a part yet names it in {@link
 * ChatWorld#notYet()}; its tests are then reported as skipped, with the name of the part.
 */
public enum ContractArea {
  /** Opening channels: once, never somebody else's. */
  OPENING_CHANNELS,
  /** Odd wanted names become legal and unique. */
  CHANNEL_NAMES,
  /** Private channels stay private. */
  PRIVATE_CHANNELS,
  /** Rename, topic, find. */
  CHANNEL_CHANGES,
  /** Inviting and listing members. */
  INVITING,
  /** Archiving and bringing back. */
  ARCHIVING,
  /** Posting, once per key, in threads and out. */
  POSTING,
  /** Editing and deleting our own messages. */
  EDITING,
  /** Text arrives as typed, is cut at a word, and notifies only on purpose. */
  TEXT,
  /** Pins, bookmarks and the bot's reactions. */
  DECORATIONS,
  /** Files that the bot posts. */
  FILES,
  /** Answers for one person. */
  PRIVATE_ANSWERS,
  /** Buttons. */
  PRESSES,
  /** Forms. */
  FORMS,
  /** Messages, edits, deletions and reactions of people are heard. */
  HEARING,
  /** Commands are heard. */
  COMMANDS,
  /** Only genuine and recent pushes are heard. */
  GENUINENESS,
  /** Reading the past. */
  HISTORY,
  /** Looking people up, links to messages. */
  PEOPLE,
  /** Rate limits, failures, lost replies, refused credentials. */
  FAILURES,
  /** Creating, checking, closing. */
  LIFE
}
