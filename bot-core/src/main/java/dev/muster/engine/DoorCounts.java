// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.telemetry.Telemetry;

/** Counts what comes in through any door. Any thread may call. */
record DoorCounts(Telemetry telemetry) {

  /** It is stored, or was already. */
  void stored(String source, boolean repeat) {
    telemetry.count("muster_deliveries_total", "source", source, "repeat", String.valueOf(repeat));
  }

  /** It could not be stored. */
  void refused(String source) {
    telemetry.count("muster_deliveries_refused_total", "source", source, "reason", "store");
  }

  /** What was taken out of it before it was stored. */
  void secrets(Screening screening) {
    screening
        .kinds()
        .forEach(kind -> telemetry.count("muster_secrets_redacted_total", "kind", kind));
  }
}
