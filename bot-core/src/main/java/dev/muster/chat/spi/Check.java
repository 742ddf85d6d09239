// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.util.List;

/**
 * What {@link ChatPlatform#check()} found out by asking the platform.
 *
 * @param ok whether everything the product needs is there
 * @param findings one sentence each, with the exact mend; empty when all is well
 * @param notes one sentence each about what the product does without; nothing has to be mended
 */
public record Check(boolean ok, List<String> findings, List<String> notes) {
  /** Keeps unmodifiable copies. */
  public Check {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /** Makes a check that found nothing the product does without. */
  public Check(boolean ok, List<String> findings) {
    this(ok, findings, List.of());
  }
}
