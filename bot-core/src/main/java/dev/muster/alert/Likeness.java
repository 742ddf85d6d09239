// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

/** How sure it is that a message and a statement by another road are about one alert. */
public enum Likeness {
  /** They are about different things, or nothing tells. */
  DIFFERENT,
  /** They may be the same; nothing speaks against it. */
  PROBABLE,
  /** The message is about a group of which the other is one. */
  MEMBER,
  /** They are the same. */
  SAME
}
