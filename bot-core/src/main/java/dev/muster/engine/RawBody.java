// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

/**
 * A body of alerts as it arrived.
 *
 * @param bytes all of it
 * @param unseen what of it may hold a secret; the rest was looked at when it came before
 */
record RawBody(byte[] bytes, byte[] unseen) {}
