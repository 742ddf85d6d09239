// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.config.BotConfig;
import dev.muster.config.LiveConfig;
import dev.muster.engine.Settings;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The engine's settings as the configuration in force says, translated once per configuration and
 * port. Any thread may ask; two that ask at once may both translate, with the same result.
 */
final class LiveSettings implements Supplier<Settings> {

  private final LiveConfig config;
  private final IntSupplier port;
  private final Vouched web;
  private volatile Translated last;

  private record Translated(BotConfig from, int port, Settings settings) {}

  /**
   * Follows a configuration.
   *
   * @param config what is in force
   * @param port the port that is listened on
   * @param web who vouches for people of the built-in chat, since the start
   */
  LiveSettings(LiveConfig config, IntSupplier port, Vouched web) {
    this.config = config;
    this.port = port;
    this.web = web;
  }

  @Override
  public Settings get() {
    BotConfig now = config.current();
    int listening = port.getAsInt();
    Translated known = last;
    if (known == null || known.from() != now || known.port() != listening) {
      known = new Translated(now, listening, SettingsOf.config(now, listening, web));
      last = known;
    }
    return known.settings();
  }
}
