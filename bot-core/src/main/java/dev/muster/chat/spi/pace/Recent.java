// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that keeps what was used last and lets go of the rest. Not thread-safe.
 *
 * @param <K> what it is found by
 * @param <V> what is kept
 */
public final class Recent<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * Begins empty.
   *
   * @param most how many are kept, at least 1
   */
  public Recent(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
