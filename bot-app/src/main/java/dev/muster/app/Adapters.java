// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.config.BotConfig;
import dev.muster.config.PlatformSettings;
import dev.muster.config.load.ConfigLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The chat adapters on the class path. */
public final class Adapters {

  private Adapters() {}

  /** Returns a loader of configurations that knows every adapter. */
  public static ConfigLoader loader(Function<String, String> env) {
    Map<String, Class<? extends Record>> types = new HashMap<>();
    factories().forEach(factory -> types.put(factory.name(), factory.configType()));
    return new ConfigLoader(env, types);
  }

  private static List<ChatPlatformFactory<?>> factories() {
    List<ChatPlatformFactory<?>> found = new ArrayList<>();
    ServiceLoader.load(ChatPlatformFactory.class).forEach(found::add);
    return found;
  }

  /**
   * Makes every platform that is switched on; connects nothing.
   *
   * @param inboxOf where a platform of that name hands over what it heard
   * @param runtimeOf what a platform of that name is handed
   * @throws IllegalArgumentException when an adapter refuses its settings, with a sentence
   */
  public static List<ChatPlatform> make(
      BotConfig config,
      Function<String, ChatInbox> inboxOf,
      Function<String, PlatformRuntime> runtimeOf) {
    List<ChatPlatform> made = new ArrayList<>();
    for (ChatPlatformFactory<?> factory : factories()) {
      config.enabledPlatforms().stream()
          .filter(settings -> settings.name().equals(factory.name()))
          .findFirst()
          .ifPresent(
              settings ->
                  made.add(
                      create(
                          factory,
                          settings,
                          inboxOf.apply(factory.name()),
                          runtimeOf.apply(factory.name()))));
    }
    return made;
  }

  private static <C extends Record> ChatPlatform create(
      ChatPlatformFactory<C> factory,
      PlatformSettings settings,
      ChatInbox inbox,
      PlatformRuntime runtime) {
    return factory.create(settings.settings(factory.configType()), inbox, runtime);
  }
}
