// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.slack.socket.SocketTiming;

/** Makes the Slack platform, known as {@code slack} in the configuration. */
public final class SlackPlatformFactory implements ChatPlatformFactory<SlackSettings> {

  /** Creates the factory; {@link java.util.ServiceLoader} calls this. */
  public SlackPlatformFactory() {
    // Nothing to prepare.
  }

  @Override
  public String name() {
    return SlackPlatform.NAME;
  }

  @Override
  public Class<SlackSettings> configType() {
    return SlackSettings.class;
  }

  /** Creates the platform and registers its route; connects nothing. */
  @Override
  public ChatPlatform create(SlackSettings config, ChatInbox inbox, PlatformRuntime runtime) {
    return new SlackPlatform(config, SocketTiming.USUAL, inbox, runtime);
  }
}
