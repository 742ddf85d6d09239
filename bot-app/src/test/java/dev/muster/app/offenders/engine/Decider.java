// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.engine;

/** What the rings below must not know. */
public final class Decider {}
