// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

/** Which incident a verb is about when none is named. */
public enum Scope {
  /** It is about none. */
  NONE,
  /** It reads one: that of the channel, else the only open one. */
  READS,
  /** It changes one: that of the channel, or the one named, never a guess. */
  CHANGES
}
