// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A person as we may show them: identity, and the name their platform gave last.
 *
 * @param ref who it is; the only part that decides anything
 * @param name the display name, for reading only; as {@link PlainWords}
 */
public record Person(UserRef ref, String name) {
  /** Falls back to the identifier when the platform gave no name. */
  public Person {
    name = name == null ? "" : PlainWords.of(name);
    name = name.isBlank() ? ref.id() : name;
  }
}
