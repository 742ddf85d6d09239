// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

/** Reads what stands behind one verb. */
@FunctionalInterface
interface Grammar {

  Reading<Intent> read(VerbLine line);
}
