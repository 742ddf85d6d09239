// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.config.load.ConfigLoader;
import dev.muster.engine.Settings;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveSettingsTest {

  private final ConfigLoader loader = Adapters.loader(name -> null);
  private final AtomicInteger port = new AtomicInteger(8080);
  private final LiveConfig config = new LiveConfig(defaults(), this::defaults);
  private final LiveSettings settings =
      new LiveSettings(config, port::get, new Vouched(user -> Optional.empty(), true));

  private ConfigResult.Loaded defaults() {
    return loader
        .load(Optional.empty())
        .match(
            loaded -> loaded,
            refused -> {
              throw new AssertionError(refused.problems());
            });
  }

  @Test
  void sameConfiguration_askedTwice_isTranslatedOnce() {
    assertSame(settings.get(), settings.get());
  }

  @Test
  void changedConfiguration_afterAReload_isTranslatedAnew() {
    Settings before = settings.get();

    config.reload();

    assertNotSame(before, settings.get());
  }

  @Test
  void port_onceItIsPicked_isTranslatedAnew() {
    Settings before = settings.get();

    port.set(9090);

    assertNotSame(before, settings.get());
  }
}
