// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.chat.spi.Default;
import java.util.List;

/**
 * Which reactions of people mean something; names without colons.
 *
 * @param highlight marks a message as important for summaries and postmortem
 * @param done marks the action that a message noted as done
 */
public record ReactionSettings(
    @Default("[pushpin, bookmark_tabs]") List<String> highlight,
    @Default("[white_check_mark]") List<String> done) {

  /** Keeps unmodifiable copies. */
  public ReactionSettings {
    highlight = List.copyOf(highlight);
    done = List.copyOf(done);
  }
}
