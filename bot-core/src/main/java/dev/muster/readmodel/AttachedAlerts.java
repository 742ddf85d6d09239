// SPDX-License-Identifier: Apache-2.0
package dev.muster.readmodel;

import dev.muster.store.AlertStore;
import java.util.List;

/**
 * The alerts of an incident, as pages show them.
 *
 * @param all how many there are
 * @param first the oldest ones
 */
public record AttachedAlerts(long all, List<AttachedAlert> first) {

  static AttachedAlerts of(AlertStore.Tally tally) {
    List<AttachedAlert> first =
        tally.first().stream()
            .map(
                alert ->
                    new AttachedAlert(
                        alert.latest(), alert.statements(), alert.firstAt(), alert.lastAt()))
            .toList();
    return new AttachedAlerts(tally.all(), first);
  }
}
