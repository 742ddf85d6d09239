// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * A message as Slack takes it.
 *
 * @param text the whole essential message, escaped, for screen readers and notifications
 * @param blocks what is shown
 */
public record Rendered(String text, List<LayoutBlock> blocks) {

  /** Keeps an unmodifiable copy. */
  public Rendered {
    blocks = List.copyOf(blocks);
  }
}
