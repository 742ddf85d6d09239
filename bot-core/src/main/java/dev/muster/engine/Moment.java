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
 */
record Moment(Tx tx, Instant now, Settings settings) {}
