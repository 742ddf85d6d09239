// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

/**
 * Makes one platform; found by {@link java.util.ServiceLoader}.
 *
 * @param <C> the adapter's own configuration record, bound strictly from its part of the YAML
 */
public interface ChatPlatformFactory<C extends Record> {

  /** Returns the name users write under {@code platforms}. */
  String name();

  /** Returns the configuration record's class. */
  Class<C> configType();

  /** Creates the platform and registers its routes; connects nothing. */
  ChatPlatform create(C config, ChatInbox inbox, PlatformRuntime runtime);
}
