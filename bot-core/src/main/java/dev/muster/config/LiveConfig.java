// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The configuration that is in force. A reading that is refused changes nothing. Safe for threads:
 * readers see the old configuration or the new one, never a mixture, and readings go one by one.
 */
public final class LiveConfig {

  private static final String RESTART = "This part changed, and only a restart takes it over";
  private final Supplier<ConfigResult> reading;
  private volatile ConfigResult.Loaded current;

  /**
   * Begins with a configuration that was read.
   *
   * @param first what is in force now
   * @param reading reads the same files again
   */
  public LiveConfig(ConfigResult.Loaded first, Supplier<ConfigResult> reading) {
    this.current = first;
    this.reading = reading;
  }

  /** Returns what is in force. Take it once per piece of work. */
  public BotConfig current() {
    return current.config();
  }

  /** Returns the fingerprint of what is in force. */
  public String sha256() {
    return current.sha256();
  }

  /**
   * Reads again. What is right comes into force at once, with a warning for each part that a
   * restart alone takes over; what is wrong is returned and changes nothing.
   */
  public synchronized ConfigResult reload() {
    ConfigResult result = reading.get();
    return result.match(this::takeOver, refused -> refused);
  }

  private ConfigResult takeOver(ConfigResult.Loaded loaded) {
    List<ConfigProblem> warnings = new ArrayList<>(loaded.warnings());
    BotConfig before = current.config();
    BotConfig after = loaded.config();
    warnIfChanged("server", before.server(), after.server(), warnings);
    warnIfChanged("store", before.store(), after.store(), warnings);
    PlatformChanges.needingARestart(before.platforms(), after.platforms())
        .forEach(path -> warnings.add(restart(path)));
    current = loaded;
    return new ConfigResult.Loaded(after, warnings, loaded.sha256());
  }

  private static void warnIfChanged(
      String part, Object before, Object after, List<ConfigProblem> warnings) {
    if (!before.equals(after)) {
      warnings.add(restart(part));
    }
  }

  private static ConfigProblem restart(String path) {
    return new ConfigProblem("(reload)", 0, 0, path, RESTART, "Restart when it suits");
  }
}
