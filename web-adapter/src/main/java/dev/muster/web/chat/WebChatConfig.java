// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.Default;
import java.util.List;

/**
 * What an operator sets for the built-in chat.
 *
 * @param alertChannels names of channels that exist from the start because alerts are posted there
 */
public record WebChatConfig(@Default("[alerts]") List<String> alertChannels) {
  /** Keeps an unmodifiable copy. */
  public WebChatConfig {
    alertChannels = List.copyOf(alertChannels);
  }
}
