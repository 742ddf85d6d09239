// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.teams;

/** Public, though it is no factory. */
public final class Client {}
