// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.chat.spi.PlatformRuntime;

/** Makes the built-in chat, which needs nothing but a browser. */
public final class WebChatPlatformFactory implements ChatPlatformFactory<WebChatConfig> {

  @Override
  public String name() {
    return Mentions.PLATFORM;
  }

  @Override
  public Class<WebChatConfig> configType() {
    return WebChatConfig.class;
  }

  @Override
  public ChatPlatform create(WebChatConfig config, ChatInbox inbox, PlatformRuntime runtime) {
    return new WebChatPlatform(new WebChat(config, inbox, runtime));
  }
}
