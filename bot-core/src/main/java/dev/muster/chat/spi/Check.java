// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.util.List;

/**
 * What {@link ChatPlatform#check()} found out by asking the platform.
 *
 * @param ok whether everything the product needs is there
 * @param findings one sentence each, with the exact mend; empty when all is well
 */
public record Check(boolean ok, List<String> findings) {
  /** Keeps an unmodifiable copy. */
  public Check {
    findings = List.copyOf(findings);
  }
}
