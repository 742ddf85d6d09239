// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import java.util.Optional;

/** Reads chat messages of alert channels as alerts. */
@FunctionalInterface
public interface MessageAlerts {

  /**
   * Returns the alert a message states; empty when it states none. A message about a group of
   * alerts is one alert with the group's identity.
   */
  Optional<Alert> read(AlertMessage message);
}
