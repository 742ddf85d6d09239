// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.store;

/** What pages must not read. */
public final class Rows {}
