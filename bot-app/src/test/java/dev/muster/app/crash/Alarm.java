// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.Map;

/** An alert as a monitoring system states it. */
final class Alarm {

  private Alarm() {}

  /** Returns the body of one that is about nothing else. */
  static Map<String, Object> of(String title) {
    return Map.of(
        "key",
        title,
        "title",
        title,
        "status",
        "firing",
        "labels",
        Map.of("severity", "critical", "alertname", title));
  }
}
