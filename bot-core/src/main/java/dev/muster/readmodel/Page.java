// SPDX-License-Identifier: Apache-2.0
package dev.muster.readmodel;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items the items, in order
 * @param next where the next page begins, opaque; empty at the end
 * @param <T> the kind of item
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** Keeps an unmodifiable copy. */
  public Page {
    items = List.copyOf(items);
  }
}
