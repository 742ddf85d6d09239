// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A name and its value on a card.
 *
 * @param name short label
 * @param value what it is now
 */
public record Fact(String name, Phrase value) {
  /** Returns a fact whose value is plain words. */
  public static Fact of(String name, String value) {
    return new Fact(name, Phrase.of(value));
  }
}
