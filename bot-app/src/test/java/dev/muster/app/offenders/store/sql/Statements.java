// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.store.sql;

/** What everybody reaches through the port only. */
public final class Statements {}
