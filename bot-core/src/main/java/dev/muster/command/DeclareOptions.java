// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.Severity;
import java.util.Optional;

/**
 * What a declaration says beside the title.
 *
 * @param severity the severity, if written
 * @param isPrivate whether only invited people may see it ({@code --private})
 * @param drill whether it is practice ({@code --drill})
 * @param details lines and code blocks below the title, as typed
 */
public record DeclareOptions(
    Optional<Severity> severity, boolean isPrivate, boolean drill, Optional<String> details) {

  /** Nothing was asked for. */
  public static final DeclareOptions NONE =
      new DeclareOptions(Optional.empty(), false, false, Optional.empty());
}
