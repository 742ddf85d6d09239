// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

/**
 * What is to be kept of a body of alerts as it arrived.
 *
 * @param fresh all of it but items that came before, byte for byte, and were stored then
 * @param unseen what of that may hold a secret; the rest was looked at
 */
record RawBody(byte[] fresh, byte[] unseen) {}
