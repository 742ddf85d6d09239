// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import java.util.List;
import java.util.Optional;

/**
 * One chat platform's part of the configuration: the keys every platform has, and the adapter's own
 * record.
 *
 * @param name the platform's name as its adapter gives it
 * @param enabled whether it is used; a disabled one is checked for misspelt keys only
 * @param announceChannel where incidents are announced
 * @param alertChannels channels whose messages are read as alerts
 * @param alertPatterns how those messages are read; the first that matches wins
 * @param usualPatterns whether nobody wrote those patterns, so that they are asked last
 * @param own the adapter's record; empty while the platform is disabled or its adapter was not
 *     known when the file was read
 */
public record PlatformSettings(
    String name,
    boolean enabled,
    String announceChannel,
    List<String> alertChannels,
    List<AlertPattern> alertPatterns,
    boolean usualPatterns,
    Optional<Record> own) {

  /** Takes copies. */
  public PlatformSettings {
    alertChannels = List.copyOf(alertChannels);
    alertPatterns = List.copyOf(alertPatterns);
  }

  /**
   * Returns the adapter's own record.
   *
   * @throws IllegalStateException when the platform is disabled or the loader was not told of this
   *     type
   */
  public <T extends Record> T settings(Class<T> type) {
    return own.filter(type::isInstance)
        .map(type::cast)
        .orElseThrow(
            () -> new IllegalStateException("platform " + name + " was read without " + type));
  }
}
