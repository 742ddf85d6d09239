// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Addressing;
import dev.muster.chat.spi.ChatPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The chat platforms that are switched on, by name. Any thread may call. */
public final class Platforms {

  private final Map<String, ChatPlatform> byName = new ConcurrentHashMap<>();

  /** Adds a platform; done before the engine starts. */
  public void add(ChatPlatform platform) {
    byName.put(platform.name(), platform);
  }

  /** Returns a platform. */
  public Optional<ChatPlatform> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns how people address the bot on a platform. */
  Addressing addressing(String name) {
    return find(name).map(ChatPlatform::addressing).orElse(Addressing.BY_SLASH);
  }

  /** Returns by how much the machine's clock is ahead of a platform's, as far as is known. */
  Optional<Duration> clockAhead(String name) {
    return find(name).flatMap(ChatPlatform::clockAhead);
  }

  /** Returns all platforms. */
  public List<ChatPlatform> all() {
    return List.copyOf(byName.values());
  }
}
