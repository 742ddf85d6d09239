// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.incident;

import dev.muster.app.offenders.engine.Decider;

final class AsksTheEngine {
  final Decider above = new Decider();
}
