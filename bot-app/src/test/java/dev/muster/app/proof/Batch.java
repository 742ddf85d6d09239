// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import java.util.List;

/**
 * What one batch of a proof found.
 *
 * @param trials how often something was tried
 * @param injected how many faults were put in
 * @param defects every broken promise as a sentence; none when all is well
 */
public record Batch(int trials, int injected, List<String> defects) {
  /** Keeps an unmodifiable copy. */
  public Batch {
    defects = List.copyOf(defects);
  }
}
