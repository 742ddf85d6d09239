// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Texts in which words are looked for. Most are asked for in the order in which they stand, so each
 * search goes on where the last one ended, and once around.
 */
final class Words {

  private final List<String> texts;
  private int next;

  private Words(List<String> texts) {
    this.texts = texts;
  }

  static Words of(Stream<String> texts) {
    return new Words(texts.filter(Objects::nonNull).toList());
  }

  /** Returns whether some text holds these words. */
  boolean hold(String words) {
    for (int looked = 0; looked < texts.size(); looked++) {
      int at = (next + looked) % texts.size();
      if (texts.get(at).contains(words)) {
        next = at;
        return true;
      }
    }
    return false;
  }
}
