// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import java.util.Optional;

/**
 * What a delivery says, ready to be stored.
 *
 * @param body what it says
 * @param text as the store keeps it; empty where the store is still to make that
 */
public record PackedBody(Inbound body, Optional<String> text) {

  /** Returns a body of which the store makes the text when it is stored. */
  public static PackedBody of(Inbound body) {
    return new PackedBody(body, Optional.empty());
  }
}
