// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.util.List;

/**
 * What checking the timeline found.
 *
 * @param entries how many facts there are
 * @param erased how many of them have had their words erased
 * @param checkpoints how many signed heads there are
 * @param fingerprint of the key that signs; {@code none} without one
 * @param problems one sentence per problem, the first bad entry of each stream first; empty when
 *     everything fits
 */
public record ChainReport(
    long entries, long erased, long checkpoints, String fingerprint, List<String> problems) {
  /** Keeps an unmodifiable copy. */
  public ChainReport {
    problems = List.copyOf(problems);
  }

  /** Returns whether nothing was changed behind the program's back. */
  public boolean fits() {
    return problems.isEmpty();
  }
}
