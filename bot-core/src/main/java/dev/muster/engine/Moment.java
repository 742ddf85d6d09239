// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.store.Tx;
import java.time.Instant;

/**
 * One decision: its transaction, its instant and the settings it goes by.
 *
 * @param tx the transaction
 * @param now the instant
 * @param settings the operator's decisions
 * @param delivery the stored delivery that is being handled; empty when it is something else
 */
record Moment(Tx tx, Instant now, Settings settings, String delivery) {

  /** Makes the moment of a decision about something else than a delivery. */
  Moment(Tx tx, Instant now, Settings settings) {
    this(tx, now, settings, "");
  }
}
